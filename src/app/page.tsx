import { Landing } from "@/ui/landing/landing";

export default function LandingRoute() {
  return <Landing />;
}

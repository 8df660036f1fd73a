import { NotFound } from "@/ui/shell/not-found";

export default function NotFoundRoute() {
  return <NotFound />;
}

import type { Metadata } from "next";
import { Catalogue } from "@/ui/catalogue/catalogue";

export const metadata: Metadata = { title: "Challenges" };

export default function ChallengesRoute() {
  return <Catalogue />;
}

import type { Metadata } from "next";
import { ChallengePage } from "@/ui/catalogue/challenge-page";

export const metadata: Metadata = { title: "Challenge" };

export default async function ChallengeRoute({ params }: { params: Promise<{ track: string; slug: string }> }) {
  const { track, slug } = await params;
  return <ChallengePage id={`${track}/${slug}`} />;
}

import type { Metadata } from "next";
import { Setup } from "@/ui/account/setup";

export const metadata: Metadata = { title: "Set-up", referrer: "no-referrer" };

export default async function SetupRoute({ params }: { params: Promise<{ token: string }> }) {
  return <Setup token={(await params).token} />;
}

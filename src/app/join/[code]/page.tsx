import type { Metadata } from "next";
import { Join } from "@/ui/account/join";

export const metadata: Metadata = { title: "Join a class" };

export default async function JoinRoute({ params }: { params: Promise<{ code: string }> }) {
  return <Join code={(await params).code} />;
}

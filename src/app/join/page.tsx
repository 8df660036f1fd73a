import type { Metadata } from "next";
import { JoinByCode } from "@/ui/account/join";

export const metadata: Metadata = { title: "Join a class" };

export default function JoinByCodeRoute() {
  return <JoinByCode />;
}

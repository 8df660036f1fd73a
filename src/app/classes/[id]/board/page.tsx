import type { Metadata } from "next";
import { ProjectorBoard } from "@/ui/classroom/projector-board";

export const metadata: Metadata = { title: "Leaderboard" };

export default async function BoardRoute({ params }: { params: Promise<{ id: string }> }) {
  return <ProjectorBoard classId={(await params).id} />;
}

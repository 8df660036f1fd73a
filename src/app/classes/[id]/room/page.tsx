import type { Metadata } from "next";
import { LiveRoom } from "@/ui/classroom/live-room";

export const metadata: Metadata = { title: "Live room" };

export default async function RoomRoute({ params }: { params: Promise<{ id: string }> }) {
  return <LiveRoom classId={(await params).id} />;
}

import type { Metadata } from "next";
import { ClassPage } from "@/ui/classroom/class-page";

export const metadata: Metadata = { title: "Class" };

export default async function ClassRoute({ params }: { params: Promise<{ id: string }> }) {
  return <ClassPage classId={(await params).id} />;
}

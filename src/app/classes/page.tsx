import type { Metadata } from "next";
import { ClassList } from "@/ui/classroom/class-list";

export const metadata: Metadata = { title: "Classes" };

export default function ClassesRoute() {
  return <ClassList />;
}

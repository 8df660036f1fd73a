import type { Metadata } from "next";
import { LabPage } from "@/ui/lab/lab-page";

export const metadata: Metadata = { title: "Lab" };

export default async function LabRoute({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return <LabPage key={id} labId={id} />;
}

"use client";

import { Failure } from "@/ui/shell/not-found";

export default function ErrorRoute({ reset }: { error: Error; reset: () => void }) {
  return <Failure onAgain={reset} />;
}

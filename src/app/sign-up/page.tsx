import type { Metadata } from "next";
import { Suspense } from "react";
import { SignUp } from "@/ui/account/sign-in";

export const metadata: Metadata = { title: "Sign up" };

export default function SignUpRoute() {
  return (
    <Suspense>
      <SignUp />
    </Suspense>
  );
}

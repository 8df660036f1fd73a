import type { Metadata } from "next";
import { Suspense } from "react";
import { SignIn } from "@/ui/account/sign-in";

export const metadata: Metadata = { title: "Sign in" };

export default function SignInRoute() {
  return (
    <Suspense>
      <SignIn />
    </Suspense>
  );
}

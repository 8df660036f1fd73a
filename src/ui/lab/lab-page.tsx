"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { codeOf, useTRPC } from "../data/trpc";
import { ButtonLink } from "../design/button";
import { EmptyState } from "../design/card";
import { LabProvider, useLab } from "./lab-context";
import { LabScreen } from "./lab-screen";

/** A lab by its id. The socket opens at once; texts of the challenge come beside it, not before it. */
export function LabPage({ labId, readOnly = false }: { labId: string; readOnly?: boolean }) {
  return (
    <LabProvider labId={labId} readOnly={readOnly}>
      <WithTexts labId={labId} />
    </LabProvider>
  );
}

function WithTexts({ labId }: { labId: string }) {
  const trpc = useTRPC();
  const language = useLocale();
  const t = useTranslations("lab");
  const error = useLab((view) => view.error);
  const fromSocket = useLab((view) => view.challenge);
  const solved = useLab((view) => view.solvedAtMs !== undefined);
  const lab = useQuery(trpc.labs.get.queryOptions({ labId }));
  const challengeId = lab.data?.challengeId ?? fromSocket;
  const challenge = useQuery({
    ...trpc.challenges.get.queryOptions({ id: challengeId ?? "", language, labId }),
    enabled: challengeId !== undefined,
    placeholderData: keepPreviousData,
  });

  // The debrief is told once the challenge is solved.
  const wasSolved = useRef(solved);
  const { refetch: readChallenge } = challenge;
  const { refetch: readLab } = lab;
  useEffect(() => {
    if (solved && !wasSolved.current) {
      void readChallenge();
      void readLab();
    }
    wasSolved.current = solved;
  }, [solved, readChallenge, readLab]);

  const refusal = error ?? (lab.error ? { code: codeOf(lab.error) ?? "", message: lab.error.message } : undefined);
  if (refusal) {
    const stranger = refusal.code === "UNAUTHORIZED";
    return (
      <div className="grid min-h-dvh place-items-center">
        <EmptyState
          title={stranger ? t("signInFirst") : t("notFound")}
          action={
            <ButtonLink
              href={stranger ? `/sign-in?next=${encodeURIComponent(`/labs/${labId}`)}` : "/challenges"}
              variant="primary"
            >
              {stranger ? t("signIn") : t("toChallenges")}
            </ButtonLink>
          }
        >
          {refusal.message}
        </EmptyState>
      </div>
    );
  }
  return <LabScreen lab={lab.data} challenge={challenge.data} sandbox={lab.data !== undefined && !challengeId} />;
}

"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { Flag, Zap } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { useTRPC } from "../../data/trpc";
import { Button } from "../../design/button";
import { Dialog } from "../../design/dialog";
import { Field, FormError, SelectField } from "../../design/field";

/** The names of grading's strokes, in the order in which they are offered. */
export const FAULTS = [
  ...["any", "kill-pods", "bad-image", "endpoints-lost", "dns-broken"],
  ...["nodes-cordoned", "kubelet-down", "node-down", "scheduler-down"],
] as const;
export type Fault = (typeof FAULTS)[number];

/** Opens a race for the room. */
export function StartRace({ classId }: { classId: string }) {
  const t = useTranslations("rounds");
  const trpc = useTRPC();
  const language = useLocale();
  const [open, setOpen] = useState(false);
  const [challenge, setChallenge] = useState("");
  const [minutes, setMinutes] = useState("15");
  const challenges = useQuery({ ...trpc.challenges.list.queryOptions({ language, classId }), enabled: open });
  const others = useQuery({ ...trpc.challenges.list.queryOptions({ language }), enabled: open });
  const assigned = challenges.data ?? [];
  const rest = (others.data ?? []).filter(({ id }) => !assigned.some((one) => one.id === id));
  const chosen = challenge || assigned[0]?.id || rest[0]?.id || "";
  const start = useMutation(trpc.rounds.openRace.mutationOptions({ onSuccess: () => setOpen(false) }));
  return (
    <>
      <Button size="sm" onClick={() => setOpen(true)} aria-label={t("startRace")} data-testid="race-open">
        <Flag className="size-4" aria-hidden />
        <span className="max-xl:hidden">{t("race")}</span>
      </Button>
      <Dialog open={open} onOpenChange={setOpen} title={t("startRace")} description={t("startRaceText")}>
        <form
          className="flex flex-col gap-4"
          onSubmit={(event) => {
            event.preventDefault();
            start.mutate({ classId, challengeId: chosen, minutes: Number(minutes) });
          }}
        >
          <SelectField
            label={t("challenge")}
            value={chosen}
            data-testid="race-challenge"
            onChange={(event) => setChallenge(event.target.value)}
          >
            {[...assigned, ...rest].map(({ id, title }) => (
              <option key={id} value={id}>
                {title}
              </option>
            ))}
          </SelectField>
          <Minutes value={minutes} onChange={setMinutes} />
          <FormError>{start.error?.message}</FormError>
          <Button type="submit" variant="primary" busy={start.isPending} disabled={!chosen} data-testid="race-submit">
            <Flag className="size-4" aria-hidden />
            {t("openRace")}
          </Button>
        </form>
      </Dialog>
    </>
  );
}

/** A fault in every cluster of the room, now or later. */
export function StartChaos({ classId }: { classId: string }) {
  const t = useTranslations("rounds");
  const faults = useTranslations("faults");
  const trpc = useTRPC();
  const [open, setOpen] = useState(false);
  const [fault, setFault] = useState<Fault>("any");
  const [minutes, setMinutes] = useState("10");
  const [inMinutes, setInMinutes] = useState("0");
  const strike = useMutation(trpc.rounds.chaos.mutationOptions({ onSuccess: () => setOpen(false) }));
  return (
    <>
      <Button size="sm" onClick={() => setOpen(true)} aria-label={t("startChaos")} data-testid="chaos-open">
        <Zap className="size-4" aria-hidden />
        <span className="max-xl:hidden">{t("chaos")}</span>
      </Button>
      <Dialog open={open} onOpenChange={setOpen} title={t("startChaos")} description={t("startChaosText")}>
        <form
          className="flex flex-col gap-4"
          onSubmit={(event) => {
            event.preventDefault();
            const times = { minutes: Number(minutes), inMinutes: Number(inMinutes) };
            strike.mutate({ classId, fault, ...times });
          }}
        >
          <SelectField
            label={t("fault")}
            value={fault}
            data-testid="chaos-fault"
            onChange={(event) => setFault(event.target.value as Fault)}
          >
            {FAULTS.map((one) => (
              <option key={one} value={one}>
                {faults(one)}
              </option>
            ))}
          </SelectField>
          <div className="grid grid-cols-2 gap-4">
            <Minutes value={minutes} onChange={setMinutes} />
            <Field
              label={t("inMinutes")}
              type="number"
              min={0}
              max={240}
              value={inMinutes}
              onChange={(event) => setInMinutes(event.target.value)}
            />
          </div>
          <FormError>{strike.error?.message}</FormError>
          <Button type="submit" variant="primary" busy={strike.isPending} data-testid="chaos-submit">
            <Zap className="size-4" aria-hidden />
            {Number(inMinutes) > 0 ? t("plan") : t("strike")}
          </Button>
        </form>
      </Dialog>
    </>
  );
}

function Minutes({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const t = useTranslations("rounds");
  return (
    <Field
      label={t("minutes")}
      type="number"
      min={1}
      max={180}
      required
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

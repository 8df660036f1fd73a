"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import type { ClassView } from "../data/types";
import { Button } from "../design/button";
import { Card } from "../design/card";
import { Field, SelectField } from "../design/field";

type Rules = ClassView["scoring"];

const numberIn = (text: string, min: number, max: number): number | undefined => {
  const number = Number(text);
  return text.trim() !== "" && Number.isInteger(number) && number >= min && number <= max ? number : undefined;
};

/** What the board counts beyond the points of checks. The ledger of facts stays: changing a rule counts everything anew. */
export function ScoringSettings({ rules, onChange }: { rules: Rules; onChange: (rules: Rules) => void }) {
  const t = useTranslations("settings");
  const [texts, setTexts] = useState({
    firstBlood: String(rules.firstBlood),
    timeBonus: String(rules.timeBonus),
    floorPercent: String(rules.dynamic?.floorPercent ?? 50),
    solvers: String(rules.dynamic?.solvers ?? 10),
  });
  const [dynamic, setDynamic] = useState(rules.dynamic !== null);
  const [ties, setTies] = useState(rules.ties);
  const [hintCosts, setHintCosts] = useState(rules.hintCosts);
  const [teams, setTeams] = useState(rules.teams);
  const read = {
    firstBlood: numberIn(texts.firstBlood, 0, 1000),
    timeBonus: numberIn(texts.timeBonus, 0, 1000),
    floorPercent: numberIn(texts.floorPercent, 0, 100),
    solvers: numberIn(texts.solvers, 2, 1000),
  };
  const valid = Object.values(read).every((value) => value !== undefined);
  const field = (name: keyof typeof texts, min: number, max: number) => (
    <Field
      label={t(name)}
      hint={t(`${name}Hint`)}
      inputMode="numeric"
      value={texts[name]}
      onChange={(event) => setTexts({ ...texts, [name]: event.target.value })}
      error={read[name] === undefined ? t("numberBetween", { min, max }) : undefined}
    />
  );
  return (
    <Card className="p-5">
      <form
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (!valid) return;
          onChange({
            firstBlood: read.firstBlood!,
            timeBonus: read.timeBonus!,
            dynamic: dynamic ? { floorPercent: read.floorPercent!, solvers: read.solvers! } : null,
            hintCosts,
            ties,
            teams,
          });
        }}
      >
        <h2 className="font-semibold">{t("scoring")}</h2>
        <div className="grid gap-4 sm:grid-cols-2">
          {field("firstBlood", 0, 1000)}
          {field("timeBonus", 0, 1000)}
        </div>
        <Check label={t("dynamic")} on={dynamic} onChange={setDynamic} />
        {dynamic ? (
          <div className="grid gap-4 sm:grid-cols-2">
            {field("floorPercent", 0, 100)}
            {field("solvers", 2, 1000)}
          </div>
        ) : null}
        <Check label={t("hintCosts")} on={hintCosts} onChange={setHintCosts} />
        <Check label={t("teams")} on={teams} onChange={setTeams} />
        <SelectField label={t("ties")} value={ties} onChange={(event) => setTies(event.target.value as Rules["ties"])}>
          <option value="earlier">{t("tiesEarlier")}</option>
          <option value="shared">{t("tiesShared")}</option>
        </SelectField>
        <Button type="submit" className="self-start" disabled={!valid} data-testid="scoring-save">
          {t("save")}
        </Button>
      </form>
    </Card>
  );
}

export function Check({ label, on, onChange }: { label: string; on: boolean; onChange: (on: boolean) => void }) {
  return (
    <label className="flex items-center gap-2.5 text-sm">
      <input
        type="checkbox"
        className="size-4 accent-accent"
        checked={on}
        onChange={(event) => onChange(event.target.checked)}
      />
      {label}
    </label>
  );
}

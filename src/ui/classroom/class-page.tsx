"use client";

import { useQuery } from "@tanstack/react-query";
import { MonitorPlay, Trophy, Users } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { useMe } from "../data/me";
import { codeOf, useTRPC } from "../data/trpc";
import { ButtonLink } from "../design/button";
import { Card, EmptyState, Skeleton } from "../design/card";
import { Tab, TabList, TabPanel, Tabs } from "../design/tabs";
import { Page } from "../shell/page";
import { AssignmentEditor } from "./assignment-editor";
import { Assignments } from "./assignments";
import { BoardRows } from "./board-rows";
import { ClassSettings } from "./class-settings";
import { GradebookTable } from "./gradebook-table";
import { JoinCode } from "./join-code";
import { Members } from "./members";
import { MyGrades } from "./my-grades";
import { Roster } from "./roster";
import { RoundBanner } from "./rounds/round-banner";
import { useBoard } from "./use-room";

/** A class: what is to be done, how far everybody is, and for its staff all that there is to arrange. */
export function ClassPage({ classId }: { classId: string }) {
  const t = useTranslations("class");
  const trpc = useTRPC();
  const router = useRouter();
  const me = useMe();
  const view = useQuery(trpc.classes.get.queryOptions({ classId }));
  const stranger = me === null && codeOf(view.error) === "UNAUTHORIZED";
  useEffect(() => {
    if (stranger) router.replace(`/sign-in?next=${encodeURIComponent(`/classes/${classId}`)}`);
  }, [stranger, router, classId]);
  if (view.error) {
    return (
      <Page>
        <EmptyState title={t("notFound")} action={<ButtonLink href="/classes">{t("toClasses")}</ButtonLink>}>
          {view.error.message}
        </EmptyState>
      </Page>
    );
  }
  if (!view.data) {
    return (
      <Page>
        <Skeleton className="h-10 w-72" />
        <Skeleton className="mt-8 h-64" />
      </Page>
    );
  }
  const staff = view.data.role !== "learner";
  const overview = (
    <div className="grid items-start gap-8 lg:grid-cols-[1fr_22rem]">
      <Assignments classId={classId} staff={staff} members={view.data.members} />
      <div className="flex flex-col gap-6">
        {staff && view.data.joinCode ? (
          <Card className="px-5 py-6">
            <p className="mb-3 text-center font-medium text-ink-2">{t("joinWith")}</p>
            <JoinCode code={view.data.joinCode} large />
          </Card>
        ) : null}
        {staff ? null : <MyGrades classId={classId} />}
        {view.data.leaderboard || staff ? <SmallBoard classId={classId} me={me?.id} /> : null}
      </div>
    </div>
  );
  return (
    <Page
      title={view.data.name}
      lead={t("lead", { count: view.data.members, nickname: view.data.nickname })}
      actions={
        <>
          {view.data.leaderboard || staff ? (
            <ButtonLink href={`/classes/${classId}/board`}>
              <MonitorPlay className="size-4" aria-hidden />
              {t("board")}
            </ButtonLink>
          ) : null}
          {staff ? (
            <ButtonLink href={`/classes/${classId}/room`} variant="primary" data-testid="open-room">
              <Users className="size-4" aria-hidden />
              {t("room")}
            </ButtonLink>
          ) : null}
        </>
      }
    >
      {staff ? null : <RoundBanner classId={classId} />}
      {staff ? (
        <Tabs defaultValue="overview">
          <TabList className="-mt-2 mb-6 flex-wrap border-line border-b">
            <Tab value="overview">{t("overview")}</Tab>
            <Tab value="assignments" data-testid="tab-assignments">
              {t("assignments")}
            </Tab>
            <Tab value="grades" data-testid="tab-grades">
              {t("grades")}
            </Tab>
            <Tab value="members" data-testid="tab-members">
              {t("members")}
            </Tab>
            {view.data.role === "instructor" ? (
              <Tab value="settings" data-testid="tab-settings">
                {t("settings")}
              </Tab>
            ) : null}
          </TabList>
          <TabPanel value="overview">{overview}</TabPanel>
          <TabPanel value="assignments">
            <AssignmentEditor classId={classId} zone={view.data.timeZone} />
          </TabPanel>
          <TabPanel value="grades">
            <GradebookTable classId={classId} instructor={view.data.role === "instructor"} />
          </TabPanel>
          <TabPanel value="members">
            <Members classId={classId} role={view.data.role} />
            <Roster classId={classId} instructor={view.data.role === "instructor"} />
          </TabPanel>
          <TabPanel value="settings">
            <ClassSettings view={view.data} />
          </TabPanel>
        </Tabs>
      ) : (
        overview
      )}
    </Page>
  );
}

const SHOWN_ROWS = 10;

function SmallBoard({ classId, me }: { classId: string; me?: string }) {
  const t = useTranslations("board");
  const { board, error } = useBoard(classId);
  if (error && !board) return null;
  const rows = board?.rows ?? [];
  const mine = rows.findIndex((row) => row.userId === me);
  const shown = rows.slice(0, SHOWN_ROWS);
  if (mine >= SHOWN_ROWS) shown.push(rows[mine]!);
  return (
    <section>
      <h2 className="mb-2 font-semibold text-lg">{t("title")}</h2>
      {board === undefined ? (
        <Skeleton className="h-40" />
      ) : rows.length === 0 ? (
        <Card>
          <EmptyState icon={<Trophy />} title={t("empty")} className="py-6!">
            {t("emptyText")}
          </EmptyState>
        </Card>
      ) : (
        <BoardRows rows={shown} me={me} />
      )}
    </section>
  );
}

import type { RouterOutputs } from "@/server/trpc/router";

/** What pages show, already in the viewer's language. */
export type ChallengeCard = RouterOutputs["challenges"]["list"][number];
export type ChallengeView = RouterOutputs["challenges"]["get"];
export type QuestionView = ChallengeView["questions"][number];
export type TrackView = RouterOutputs["challenges"]["tracks"][number];
export type Difficulty = ChallengeView["difficulty"];
export type Me = RouterOutputs["auth"]["me"];
export type ClassView = RouterOutputs["classes"]["get"];
export type AssignmentView = RouterOutputs["assignments"]["list"][number];

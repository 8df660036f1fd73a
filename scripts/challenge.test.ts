import { describe, expect, test } from "vitest";
import { lintChallenge } from "@/grading/lint";
import { challengeIds, loadChallenge } from "./challenge-folder";
import { proveChallenge } from "./proof";

describe.each(await challengeIds())("%s", (id) => {
  test("has nothing for the linter to say", async () => {
    const { challenge, files } = await loadChallenge(id);
    expect(lintChallenge(challenge, files)).toEqual([]);
  });

  test("proves itself: start, solutions and mistakes", async () => {
    const wrong: Record<string, string[]> = {};
    for await (const proof of proveChallenge(id)) if (proof.wrong.length > 0) wrong[proof.what] = proof.wrong;
    expect(wrong).toEqual({});
  });
});

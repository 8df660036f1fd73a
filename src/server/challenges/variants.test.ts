import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseChallenge } from "@/challenges/parse";
import { type Site, startSite } from "../testing/site";

const source = {
  "variables.yaml": "ship: { pick: [atlas, beacon, comet, delta, ember, fathom, gannet, heron] }",
  "challenge.yaml": `
id: tests/names
version: 1
title: { en: "Find @{ship}" }
summary: { en: Each learner looks for another ship. }
tracks: [tests]
difficulty: easy
minutes: 1
goals: [{ en: "Name @{ship}." }]
hintCosts: [1]
checks: [{ id: there, text: { en: "@{ship} is there." }, points: 1, condition: { cel: 'object("pods", "@{ship}") != null' } }]
`,
  "brief.en.md": "Find @{ship}.",
  "hints.en.md": "## It is @{ship}",
};

let site: Site;
beforeAll(async () => {
  const parsed = parseChallenge("tests/names", source);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  site = await startSite({ challenges: [parsed.challenge], source });
});
afterAll(() => site?.close());

describe("variants", () => {
  it("differ from learner to learner and stay the same for each, hints included", async () => {
    const seen = new Set<string>();
    for (let index = 0; index < 6; index++) {
      const learner = site.visitor();
      await learner.api.auth.guest({});
      const { labId } = await learner.api.labs.start({ challengeId: "tests/names" });
      const view = () => learner.api.challenges.get({ id: "tests/names", language: "en", labId });
      const { title, brief, goals, checks } = await view();
      const ship = title.slice("Find ".length);
      expect([brief, ...goals, ...checks.map(({ text }) => text)]).toEqual([
        `Find ${ship}.`,
        `Name ${ship}.`,
        `${ship} is there.`,
      ]);
      expect((await view()).title).toBe(title);
      expect(await site.app.services.labs.takeHint(labId, "en")).toEqual({
        index: 0,
        text: `## It is ${ship}`,
        cost: 1,
      });
      seen.add(ship);
    }
    expect(seen.size).toBeGreaterThan(1);
  });

  it("are not told to others", async () => {
    const [one, other] = [site.visitor(), site.visitor()];
    await one.api.auth.guest({});
    await other.api.auth.guest({});
    const { labId } = await one.api.labs.start({ challengeId: "tests/names" });
    await expect(other.api.challenges.get({ id: "tests/names", language: "en", labId })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  });
});

import type { Challenge } from "@/challenges/schema";

/** A challenge of one check and one question, for tests of what is around challenges. */
export function testChallenge(changes: Partial<Challenge> = {}): Challenge {
  return {
    id: "tests/make-map",
    version: 1,
    kind: "lesson",
    title: { en: "Make a map", "zh-TW": "建立 ConfigMap" },
    summary: { en: "One ConfigMap." },
    tracks: ["tests"],
    difficulty: "easy",
    minutes: 1,
    prerequisites: [],
    teaches: [],
    goals: [{ en: "A ConfigMap named harbour exists." }],
    lab: { kubectl: "current", settle: "30s", setupAt: "0s", faults: [], addons: [], certificates: [] },
    hintCosts: [1],
    questions: [
      {
        id: "port",
        text: { en: "Which port does http use?" },
        type: "single",
        options: [
          { id: "a", text: { en: "80" } },
          { id: "b", text: { en: "443" } },
        ],
        correct: ["a"],
      },
    ],
    checks: [
      {
        id: "map-exists",
        text: { en: "harbour exists" },
        points: 10,
        condition: { cel: 'objects("configmaps", "default").exists(m, m.metadata.name == "harbour")' },
      },
      { id: "port-known", text: { en: "the port is known" }, points: 5, condition: { answer: { question: "port" } } },
    ],
    readOn: [],
    brief: { en: "# Make a map" },
    hints: { en: ["## Look\nTry `kubectl create configmap`."] },
    debrief: { en: "Well done." },
    setup: [],
    files: {},
    variables: {},
    ...changes,
  } as Challenge;
}

/** npm run -s grade -- track/slug script.sh: plays the script in a fresh lab and prints the report as JSON. */
import { readFile } from "node:fs/promises";
import { loadChallenge } from "./challenge-folder";
import { playAndGrade } from "./play";

const [id, file] = process.argv.slice(2);
if (!id || !file) {
  console.error("usage: npm run -s grade -- track/slug script.sh");
  process.exit(2);
}
const { challenge } = await loadChallenge(id);
const script = await readFile(file, "utf8");
const { report } = await playAndGrade(challenge, script);
console.log(JSON.stringify(report, null, 2));
process.exitCode = report.passed ? 0 : 1;

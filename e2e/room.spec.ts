import { readFileSync } from "node:fs";
import { LabOnPage } from "./support/lab";
import { LightLearner } from "./support/light-learner";
import { becomeAdministrator, createClass, joinClass, newPerson } from "./support/people";
import { expect, test } from "./support/podium";
import { TerminalOnPage } from "./support/terminal";

const EXPOSE = "first-steps/expose-nginx";

/** Two learners sit at pages; six are sockets that type the same, so that two cores carry the class. */
const LIGHT = ["Ben", "Cho", "Dia", "Eli", "Fay", "Gus"];

test("an instructor and eight learners: roster, assignment, hint, help, race, chaos, freeze, board, grades", async ({
  browser,
  podium,
}) => {
  test.setTimeout(300_000);
  const instructor = await newPerson(browser, podium, "instructor");
  await becomeAdministrator(instructor, podium);
  const { url, code } = await createClass(instructor, "Whole crew", [EXPOSE]);
  await instructor.getByTestId("tab-members").click();
  await instructor.getByTestId("roster-csv").fill("name,email\nAda,ada@harbour.example\nLin,lin@harbour.example");
  await instructor.getByTestId("roster-import").click();
  await expect(instructor.getByTestId("roster-Ada")).toBeVisible();

  const [ada, lin] = await Promise.all([newPerson(browser, podium, "ada"), newPerson(browser, podium, "lin")]);
  await Promise.all([joinClass(ada, code, "Ada"), joinClass(lin, code, "Lin")]);
  const light = await Promise.all(LIGHT.map((name) => LightLearner.join(browser, podium, code, name)));

  await instructor.goto(`${url}/room`);
  for (const name of ["Ada", "Lin", ...LIGHT]) await expect(instructor.getByTestId(`tile-${name}`)).toBeVisible();
  const projector = await instructor.context().newPage();
  await projector.goto(`${url}/board`);

  await test.step("a hint is taken, and the instructor looks into the terminal", async () => {
    await ada.getByTestId(`play-${EXPOSE}`).click();
    const lab = await new LabOnPage(ada).opened();
    await ada.getByTestId("hint-take").click();
    await instructor.getByTestId("tile-Ada").click();
    await lab.terminal.enter("kubectl get nodes");
    await new TerminalOnPage(instructor).expectText("control-plane");
    await instructor.keyboard.press("Escape");
  });

  await test.step("a race: all who join begin together, and positions move", async () => {
    await instructor.getByTestId("race-open").click();
    await instructor.getByTestId("race-challenge").selectOption(EXPOSE);
    const opening = instructor.waitForResponse((response) => response.url().includes("rounds.openRace"));
    await instructor.getByTestId("race-submit").click();
    const roundId = /"roundId":"([^"]+)"/.exec(await (await opening).text())![1]!;
    await ada.getByTestId("race-join").click();
    await lin.getByTestId("race-join").click();
    await Promise.all(light.map((learner) => learner.joinRace(roundId)));
    await expect(instructor.getByTestId("racer-Gus")).toBeVisible();
    await expect(instructor.getByTestId("racer-Lin")).toBeVisible();
    await instructor.getByTestId("race-go").click();
    await expect(lin.getByTestId("race-countdown")).toBeVisible();
    await expect(lin).toHaveURL(/\/labs\//);
    await expect(ada.getByTestId("race-countdown")).toBeHidden();
    await Promise.all(
      light.map(async (learner, index) => {
        const labId = await learner.begin();
        await learner.type(labId, "kubectl create deployment nginx --image=nginx:1.10.0 --replicas=2");
        await learner.skip(labId, 60_000);
        await learner.untilPassed("running");
        if (index >= 3) return;
        await learner.type(labId, "kubectl expose deployment nginx --port 80 --type LoadBalancer");
        await learner.skip(labId, 60_000);
        await learner.untilSolved();
      }),
    );
    await expect(projector.getByTestId("round-race")).toContainText("Ben");
    await expect(projector.getByTestId("round-race").locator("li").first()).toContainText(/Ben|Cho|Dia/);
    await expect(lin.getByTestId("race-banner")).toContainText("of 8");
    await instructor.getByTestId("race-end").click();
    await expect(instructor.getByTestId("round-race")).toHaveAttribute("data-phase", "ended");
  });

  await test.step("chaos: a fault in every cluster, and a table of who has recovered", async () => {
    await instructor.getByTestId("chaos-open").click();
    await instructor.getByTestId("chaos-fault").selectOption("kill-pods");
    await instructor.getByTestId("chaos-submit").click();
    // Those with a Deployment recover without a hand; Lin has nothing that could break.
    await expect(instructor.getByTestId("stricken-Ben")).toHaveAttribute("data-state", "recovered", {
      timeout: 60_000,
    });
    await expect(instructor.getByTestId("stricken-Lin")).toHaveAttribute("data-state", "spared");
    await expect(projector.getByTestId("round-chaos")).toBeVisible();
  });

  await test.step("hands off the keys, and the board stands still", async () => {
    await instructor.getByTestId("freeze-input").click();
    await expect(lin.getByTestId("input-frozen")).toBeVisible();
    await instructor.getByTestId("freeze-input").click();
    await expect(lin.getByTestId("input-frozen")).toBeHidden();
    await instructor.getByTestId("freeze-board").click();
    await projector.reload();
    await expect(projector.getByTestId("frozen")).toBeVisible();
    await instructor.getByTestId("freeze-board").click();
  });

  await test.step("the board at the end, and the grades as CSV", async () => {
    await instructor.goto(url);
    await expect(instructor.getByTestId("board-row-Ben")).toContainText("100");
    await instructor.getByTestId("tab-grades").click();
    const download = instructor.waitForEvent("download");
    await instructor.getByTestId("export-grades").click();
    const csv = readFileSync(await (await download).path(), "utf8");
    for (const name of ["Ada", "Lin", ...LIGHT]) expect(csv).toContain(name);
  });
  await Promise.all([
    ...light.map((one) => one.leave()),
    ...[ada, lin, instructor].map((one) => one.context().close()),
  ]);
});

import { LabOnPage } from "./support/lab";
import { becomeAdministrator, createClass, joinClass, newPerson } from "./support/people";
import { expect, test } from "./support/podium";
import { TerminalOnPage } from "./support/terminal";

const CHALLENGES = ["first-steps/expose-nginx", "health/fix-readiness", "configuration/wire-tls-secret"] as const;
const [EXPOSE, READINESS] = CHALLENGES;

test("an instructor and two learners play three challenges, from joining to the leaderboard", async ({
  browser,
  podium,
}) => {
  test.setTimeout(300_000);
  const instructor = await newPerson(browser, podium, "instructor");
  await becomeAdministrator(instructor, podium);
  const { url, code } = await createClass(instructor, "Harbour crew", CHALLENGES);

  const [ada, lin] = await Promise.all([newPerson(browser, podium, "ada"), newPerson(browser, podium, "lin")]);
  await Promise.all([joinClass(ada, code, "Ada"), joinClass(lin, code, "Lin")]);

  await instructor.getByTestId("open-room").click();
  const tileOf = (nickname: string) => instructor.getByTestId(`tile-${nickname}`);
  await expect(tileOf("Ada")).toBeVisible();
  await expect(tileOf("Lin")).toBeVisible();
  await expect(tileOf("Ada")).toHaveAttribute("data-state", "idle");

  const projector = await instructor.context().newPage();
  await projector.goto(`${url}/board`);
  const boardRow = (nickname: string) => projector.getByTestId(`board-row-${nickname}`);
  await expect(boardRow("Ada")).toBeVisible();

  await test.step("expose nginx, and be watched", async () => {
    await ada.getByTestId(`play-${EXPOSE}`).click();
    const lab = await new LabOnPage(ada).opened();
    await lab.expectOpen("running", "service", "answers", "comes-back");
    await expect(tileOf("Ada")).toHaveAttribute("data-state", "working");

    await tileOf("Ada").click();
    const watched = instructor.getByTestId("watch-lab");
    const seen = new TerminalOnPage(instructor);
    await seen.expectPrompt();

    const started = await lab.terminal.run("kubectl run nginx --image=nginx:1.10.0");
    expect(started).toContain("deployment.apps/nginx created");
    // The instructor sees the same screen while the learner types, and the pod on the map.
    await seen.expectText("kubectl run nginx --image=nginx:1.10.0");
    await seen.expectText("deployment.apps/nginx created");
    await expect(watched.getByText(/nginx/).first()).toBeVisible();
    await lab.terminal.type("# typed, not entered");
    await seen.expectText("# typed, not entered");
    await lab.terminal.press("Control+c");
    await seen.expectPrompt();
    await instructor.keyboard.press("Escape");
    await expect(watched).toBeHidden();
    await expect(tileOf("Ada")).toContainText("kubectl run nginx");

    await lab.terminal.runUntil("kubectl get pods", /1\/1 +Running/);
    await lab.expectPassed("running");
    expect(await lab.terminal.run("kubectl expose deployment nginx --port 80 --type LoadBalancer")).toContain(
      "service/nginx exposed",
    );
    await lab.skipMinute();
    await lab.terminal.runUntil("kubectl get services", /nginx +LoadBalancer +\S+ +\d+\.\d+\.\d+\.\d+ +80:/);
    await lab.terminal.run(
      "curl http://$(kubectl get service nginx -o jsonpath='{.status.loadBalancer.ingress[0].ip}')",
    );
    await lab.terminal.expectText("Welcome to nginx!");
    await lab.expectPassed("service", "answers", "comes-back");
    await lab.expectSolved();
    await expect(tileOf("Ada")).toHaveAttribute("data-state", "finished");
    await expect(boardRow("Ada")).toContainText("100");
  });

  await test.step("fix the readiness probe with kubectl edit", async () => {
    await ada.getByTestId("next-challenge").click();
    await expect(ada.getByRole("heading", { level: 1, name: "Fix the readiness probe" })).toBeVisible();
    const lab = await new LabOnPage(ada).opened();
    await lab.terminal.runUntil("kubectl get pods,endpoints", /endpoints\/monolith +\d+m/);
    await ada.getByTestId("check-why-answers").click();
    await expect(ada.getByTestId("causes-answers")).toContainText("8181");
    await lab.terminal.enter("kubectl edit deployment healthy-monolith");
    await lab.changeInEditor("8181", "81");
    await ada.getByTestId("edit-save").click();
    await lab.terminal.expectText("deployment.apps/healthy-monolith edited");
    await lab.terminal.expectPrompt();
    await lab.terminal.enter("kubectl rollout status deployment/healthy-monolith");
    await lab.skipMinute();
    await lab.terminal.expectText("successfully rolled out");
    await lab.expectPassed("ready", "probe", "liveness", "answers");
    await lab.answer("readiness-how", { choose: "GET /readiness on the health port" });
    await lab.answer("readiness-often", { write: "10" });
    await lab.answer("liveness-often", { write: "15 seconds" });
    await lab.expectSolved();

    // Beside the checks: what the notes do with the same application. The password is typed, and is not shown.
    const second = await lab.newTerminal("2");
    await second.enter("kubectl port-forward deployment/healthy-monolith 10080:80");
    await second.expectText("Forwarding from 127.0.0.1:10080 -> 80");
    await lab.showTerminal("1");
    expect(await lab.terminal.run("curl http://127.0.0.1:10080/secure")).toContain("authorization failed");
    await lab.terminal.enter("curl -u user http://127.0.0.1:10080/login");
    await lab.terminal.expectText("Enter host password for user 'user':");
    await ada.keyboard.type("password");
    await ada.keyboard.press("Enter");
    await lab.terminal.expectText(/\{"token":"eyJ/);
    await lab.terminal.expectPrompt();
    expect(await lab.terminal.text()).not.toMatch(/'user':\s*password/);
    await expect(boardRow("Ada")).toContainText("200");
  });

  await test.step("the second learner patches, and answers wrongly first", async () => {
    await lin.getByTestId(`play-${READINESS}`).click();
    const lab = await new LabOnPage(lin).opened();
    const form = lin.getByTestId("question-readiness-often");
    await form.getByRole("textbox").fill("15");
    await form.getByRole("button").click();
    await expect(form.getByRole("button")).toHaveText("Answer given");
    await lab.expectOpen("readiness-often");
    await lab.terminal.run(
      `kubectl patch deployment healthy-monolith --type=json -p '[{"op":"replace","path":"/spec/template/spec/containers/0/readinessProbe/httpGet/port","value":81}]'`,
    );
    await lab.terminal.expectText("deployment.apps/healthy-monolith patched");
    await lab.skipMinute();
    await lab.expectPassed("ready", "probe", "liveness", "answers");
    await lab.answer("readiness-how", { choose: "GET /readiness on the health port" });
    await lab.answer("readiness-often", { write: "every 10 seconds" });
    await lab.answer("liveness-often", { write: "15s" });
    await lab.expectSolved();
    await expect(boardRow("Lin")).toContainText("100");
  });

  await test.step("wire the TLS secret", async () => {
    await ada.getByTestId("next-challenge").click();
    await expect(ada.getByRole("heading", { level: 1, name: "Wire the TLS secret" })).toBeVisible();
    const lab = await new LabOnPage(ada).opened();
    const { terminal } = lab;
    await terminal.run("ls tls");
    await terminal.run("kubectl create secret generic tls-certs --from-file=tls/");
    await terminal.expectText("secret/tls-certs created");
    expect(await terminal.run("kubectl describe secrets tls-certs")).toMatch(/key\.pem: +\d+ bytes/);
    await lab.expectPassed("secret");
    await terminal.run("kubectl create configmap nginx-proxy-conf --from-file=nginx/proxy.conf");
    await lab.expectPassed("configuration");
    await terminal.run("kubectl create -f pods/secure-monolith.yaml");
    await terminal.expectText("pod/secure-monolith created");
    await lab.skipMinute();
    await terminal.runUntil("kubectl get pods secure-monolith", /2\/2 +Running/);
    await terminal.enter("kubectl port-forward secure-monolith 10443:443 &");
    await terminal.expectText("Forwarding from 127.0.0.1:10443 -> 443");
    await terminal.press("Enter");
    await terminal.run("curl https://127.0.0.1:10443");
    await terminal.expectText("curl: (60) SSL certificate problem");
    await terminal.run("clear");
    await terminal.run("curl --cacert tls/ca.pem https://127.0.0.1:10443");
    await terminal.expectText(/\{"message": ?"Hello"\}/);
    await terminal.run("kubectl logs -c nginx secure-monolith");
    await terminal.expectText('"GET / HTTP/1.1" 200');
    await lab.expectPassed("running", "mounted", "verified");
    await lab.expectSolved();
    await terminal.run("kill %1");
  });

  await test.step("the leaderboard tells it", async () => {
    await expect(boardRow("Ada")).toContainText("300");
    await expect(boardRow("Ada")).toContainText("3 solved");
    await expect(boardRow("Lin")).toContainText("100");
    await expect(boardRow("Lin")).toContainText("1 solved");
    await expect(projector.getByTestId("board").locator("li").first()).toContainText("Ada");
  });
  await Promise.all([ada, lin, instructor].map((page) => page.context().close()));
});

import { expect, test } from "vitest";
import { FILES } from "./manifests";
import { notesLab, play, Typist } from "./play";

const READY = `kubectl create -f pods/monolith.yaml; kubectl wait pod monolith --for condition=Ready
kubectl port-forward monolith 10080:80 > /dev/null &
sleep 1
`;

test("N4: a line of the log per request", async () => {
  const screen = await play(
    notesLab({ files: FILES }),
    `${READY}curl -s http://127.0.0.1:10080 > /dev/null
sleep 12; curl -s http://127.0.0.1:10080/secure > /dev/null
kubectl logs monolith
echo; kubectl logs monolith --tail 1
echo; kubectl logs monolith --since 5s -c monolith
kubectl logs monolith -c nginx
kubectl logs monolith --previous
kill %1`,
  );
  expect(screen).toMatchInlineSnapshot(`
    "pod/monolith created
    pod/monolith condition met
    2026/01/05 09:00:02 Starting server...
    2026/01/05 09:00:02 Health service listening on 0.0.0.0:81
    2026/01/05 09:00:02 HTTP service listening on 0.0.0.0:80
    127.0.0.1:PORT - - [Mon, 05 Jan 2026 09:00:04 UTC] "GET / HTTP/1.1" curl/7.88.1
    127.0.0.1:PORT - - [Mon, 05 Jan 2026 09:00:16 UTC] "GET /secure HTTP/1.1" curl/7.88.1

    127.0.0.1:PORT - - [Mon, 05 Jan 2026 09:00:16 UTC] "GET /secure HTTP/1.1" curl/7.88.1

    127.0.0.1:PORT - - [Mon, 05 Jan 2026 09:00:16 UTC] "GET /secure HTTP/1.1" curl/7.88.1
    error: container nginx is not valid for pod monolith
    Error from server (BadRequest): previous terminated container "monolith" in pod "monolith" not found
    "
  `);
});

test("N4: logs -f streams until Ctrl-C", async () => {
  const lab = notesLab({ files: FILES });
  await play(lab, READY);
  const one = await new Typist(lab, "one").ready();
  const two = await new Typist(lab, "two").ready();
  await two.type("kubectl port-forward monolith 10081:80 > /dev/null &\r", 1000);
  let screen = await one.type("kubectl logs -f monolith --tail 1\r", 1000);
  await two.type("curl http://127.0.0.1:10081\r", 1000);
  screen += await one.type("");
  await two.type("curl http://127.0.0.1:10081/secure\r", 1000);
  screen += await one.type("\x03");
  screen += await one.type("echo $?\r");
  expect(screen).toMatchInlineSnapshot(`
    "kubectl logs -f monolith --tail 1
    2026/01/05 09:00:02 HTTP service listening on 0.0.0.0:80
    127.0.0.1:PORT - - [Mon, 05 Jan 2026 09:00:07 UTC] "GET / HTTP/1.1" curl/7.88.1
    127.0.0.1:PORT - - [Mon, 05 Jan 2026 09:00:08 UTC] "GET /secure HTTP/1.1" curl/7.88.1
    ^C
    learner@podium:~$ echo $?
    130
    learner@podium:~$ "
  `);
});

test("N4: an interactive shell in the container", async () => {
  const lab = notesLab({ files: FILES, kubectl: "classic" });
  await play(lab, READY);
  const one = await new Typist(lab, "one").ready();
  let screen = await one.type("kubectl exec monolith --stdin --tty -c monolith /bin/sh\r", 1000);
  screen += await one.type("hostname; pwd; ls\r", 1000);
  screen += await one.type("wget -qO- http://127.0.0.1/; echo\r", 1000);
  screen += await one.type("wget -qO- http://127.0.0.1:81/healthz; echo $?\r", 1000);
  screen += await one.type("echo kept > /tmp/note; exit 3\r", 1000);
  screen += await one.type("echo $?\r", 1000);
  screen += await one.type("kubectl exec monolith -- cat /tmp/note\r", 1000);
  expect(screen).toMatchInlineSnapshot(`
    "kubectl exec monolith --stdin --tty -c monolith /bin/sh
    kubectl exec [POD] [COMMAND] is DEPRECATED and will be removed in a future version. Use kubectl exec [POD] -- [COMMAND] instead.
    / # hostname; pwd; ls
    monolith
    /
    bin  dev  etc  home  lib  media  mnt  opt  proc  root  run  sbin  srv  sys  tmp  usr  var
    / # wget -qO- http://127.0.0.1/; echo
    {"message":"Hello"}

    / # wget -qO- http://127.0.0.1:81/healthz; echo $?
    0
    / # echo kept > /tmp/note; exit 3
    command terminated with exit code 3
    learner@podium:~$ echo $?
    3
    learner@podium:~$ kubectl exec monolith -- cat /tmp/note
    kept
    learner@podium:~$ "
  `);
});

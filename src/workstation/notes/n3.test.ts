import { expect, test } from "vitest";
import { FILES } from "./manifests";
import { notesLab, play, Typist } from "./play";

const READY = "kubectl create -f pods/monolith.yaml; kubectl wait pod monolith --for condition=Ready\n";

test("N3: port-forward in the background, login, and the token", async () => {
  const screen = await play(
    notesLab({ files: FILES }),
    `${READY}kubectl port-forward monolith 10080:80 > forward.log &
sleep 1
curl http://127.0.0.1:10080; echo
curl http://127.0.0.1:10080/secure
curl -u user:password http://127.0.0.1:10080/login; echo
curl -u user:guess http://127.0.0.1:10080/login
TOKEN=$(curl -s http://127.0.0.1:10080/login -u user:password | jq -r .token)
curl -H "Authorization: Bearer $TOKEN" http://127.0.0.1:10080/secure; echo
curl -H "Authorization: Bearer \${TOKEN}x" http://127.0.0.1:10080/secure
cut -d. -f2 <<< "$TOKEN" | tr _- /+ | base64 -d 2>/dev/null | grep -o '"email":"[^"]*"'
kill %1; sleep 1
curl http://127.0.0.1:10080
echo "exit code $?"
cat forward.log`,
  );
  expect(screen).toMatchInlineSnapshot(`
    "pod/monolith created
    pod/monolith condition met
    {"message":"Hello"}

    authorization failed
    {"token":"TOKEN"}

    authorization failed
    {"message":"Hello"}

    authorization failed
    "email":"user@example.com"
    curl: (7) Failed to connect to 127.0.0.1 port 10080 after 0 ms: Couldn't connect to server
    exit code 7
    Forwarding from 127.0.0.1:10080 -> 80
    Forwarding from [::1]:10080 -> 80
    Handling connection for 10080
    Handling connection for 10080
    Handling connection for 10080
    Handling connection for 10080
    Handling connection for 10080
    Handling connection for 10080
    Handling connection for 10080
    "
  `);
});

test("N3 in two terminals: curl asks for the password and does not show it", async () => {
  const lab = notesLab({ files: FILES });
  await play(lab, READY);
  const one = await new Typist(lab, "one").ready();
  const two = await new Typist(lab, "two").ready();
  let first = await one.type("kubectl port-forward monolith 10080:80\r");
  let second = await two.type("curl -u user http://127.0.0.1:10080/login\r");
  second += await two.type("password\r");
  second += await two.type("curl http://127.0.0.1:10080/secure\r");
  first += await one.type("\x03");
  second += await two.type("curl http://127.0.0.1:10080\r");
  expect(first).toMatchInlineSnapshot(`
    "kubectl port-forward monolith 10080:80
    Forwarding from 127.0.0.1:10080 -> 80
    Forwarding from [::1]:10080 -> 80
    Handling connection for 10080
    Handling connection for 10080
    ^C
    learner@podium:~$ "
  `);
  expect(second).toMatchInlineSnapshot(`
    "curl -u user http://127.0.0.1:10080/login
    Enter host password for user 'user':
    {"token":"TOKEN"}
    learner@podium:~$ curl http://127.0.0.1:10080/secure
    authorization failed
    learner@podium:~$ curl http://127.0.0.1:10080
    curl: (7) Failed to connect to 127.0.0.1 port 10080 after 0 ms: Couldn't connect to server
    learner@podium:~$ "
  `);
});

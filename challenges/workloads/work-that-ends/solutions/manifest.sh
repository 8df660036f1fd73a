# answer always: never-ends
cat > work.yaml <<'YAML'
apiVersion: batch/v1
kind: Job
metadata: { name: "@{job}" }
spec:
  completions: @{times}
  parallelism: @{abreast}
  template:
    spec:
      restartPolicy: Never
      containers:
        - { name: work, image: "busybox:1.36", command: [echo, done] }
---
apiVersion: batch/v1
kind: CronJob
metadata: { name: "@{bell}" }
spec:
  schedule: "*/@{minutes} * * * *"
  concurrencyPolicy: Forbid
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: OnFailure
          containers:
            - { name: bell, image: "busybox:1.36", command: [date] }
YAML
kubectl apply -f work.yaml
kubectl wait --for=condition=complete job/@{job} --timeout=120s

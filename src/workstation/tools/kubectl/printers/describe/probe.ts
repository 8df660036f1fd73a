/** `http-get http://:80/healthz delay=5s timeout=1s period=10s #success=1 #failure=3` */
export function probeText(probe: any): string {
  const {
    initialDelaySeconds = 0,
    timeoutSeconds = 0,
    periodSeconds = 0,
    successThreshold = 0,
    failureThreshold = 0,
  } = probe;
  const timing = `delay=${initialDelaySeconds}s timeout=${timeoutSeconds}s period=${periodSeconds}s #success=${successThreshold} #failure=${failureThreshold}`;
  if (probe.exec) return `exec [${(probe.exec.command ?? []).join(" ")}] ${timing}`;
  if (probe.httpGet) {
    const { scheme = "", host = "", port = "", path = "" } = probe.httpGet;
    const slash = path !== "" && !path.startsWith("/") ? "/" : "";
    return `http-get ${String(scheme).toLowerCase()}${scheme ? ":" : ""}//${host}:${port}${slash}${path} ${timing}`;
  }
  if (probe.tcpSocket) return `tcp-socket ${probe.tcpSocket.host ?? ""}:${probe.tcpSocket.port} ${timing}`;
  if (probe.grpc) return `grpc <pod>:${probe.grpc.port} ${probe.grpc.service ?? ""} ${timing}`;
  return `unknown ${timing}`;
}

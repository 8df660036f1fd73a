import type { ImageRepository } from "../repository";
import { alpineFiles, debianFiles, ubuntuFiles } from "./os-release";

export const busybox: ImageRepository = {
  names: [
    "docker.io/library/busybox",
    "gcr.io/google_containers/busybox",
    "registry.k8s.io/busybox",
    "k8s.gcr.io/busybox",
  ],
  shared: { cmd: ["sh"], userland: "busybox", sizeBytes: 2_160_000 },
  tags: {
    "1.28.4": { sizeBytes: 727_869 },
    "1.31.1": { sizeBytes: 764_619 },
    "1.34.1": { sizeBytes: 777_000 },
    "1.35.0": {},
    "1.36.1": {},
    "1.37.0": {},
    "1.24": { sizeBytes: 672_000 },
    "1.27": { sizeBytes: 720_000 },
    "1.27.2": "1.27",
    "1.28": "1.28.4",
    "1.31": "1.31.1",
    "1.34": "1.34.1",
    "1.35": "1.35.0",
    "1.36": "1.36.1",
    "1.37": "1.37.0",
    "1": "1.37.0",
    glibc: { sizeBytes: 2_200_000 },
    musl: { sizeBytes: 850_000 },
    stable: "1.36.1",
    latest: "1.37.0",
  },
};

const alpineTag = (version: string, sizeBytes: number) => ({ sizeBytes, files: alpineFiles(version) });

export const alpine: ImageRepository = {
  names: ["docker.io/library/alpine"],
  shared: { cmd: ["/bin/sh"], userland: "alpine" },
  tags: {
    "3.8.5": alpineTag("3.8.5", 2_206_000),
    "3.12.12": alpineTag("3.12.12", 2_811_000),
    "3.16.9": alpineTag("3.16.9", 2_807_000),
    "3.18.9": alpineTag("3.18.9", 3_402_000),
    "3.19.4": alpineTag("3.19.4", 3_418_000),
    "3.20.3": alpineTag("3.20.3", 3_623_000),
    "3.21.3": alpineTag("3.21.3", 3_642_000),
    "3.8": "3.8.5",
    "3.12": "3.12.12",
    "3.16": "3.16.9",
    "3.18": "3.18.9",
    "3.19": "3.19.4",
    "3.20": "3.20.3",
    "3.21": "3.21.3",
    "3": "3.21.3",
    latest: "3.21.3",
    edge: "3.21.3",
  },
};

const ubuntuTag = (version: string, codename: string, sizeBytes: number) => ({
  sizeBytes,
  files: ubuntuFiles(version, codename),
});

export const ubuntu: ImageRepository = {
  names: ["docker.io/library/ubuntu"],
  shared: { cmd: ["/bin/bash"], userland: "debian" },
  tags: {
    "18.04": ubuntuTag("18.04.6", "Bionic Beaver", 25_690_000),
    "20.04": ubuntuTag("20.04.6", "Focal Fossa", 27_510_000),
    "22.04": ubuntuTag("22.04.5", "Jammy Jellyfish", 29_536_000),
    "24.04": ubuntuTag("24.04.1", "Noble Numbat", 29_755_000),
    bionic: "18.04",
    focal: "20.04",
    jammy: "22.04",
    noble: "24.04",
    latest: "24.04",
  },
};

const debianTag = (version: string, sizeBytes: number) => ({ sizeBytes, files: debianFiles(version) });

export const debian: ImageRepository = {
  names: ["docker.io/library/debian"],
  shared: { cmd: ["bash"], userland: "debian" },
  tags: {
    "10": debianTag("10", 50_500_000),
    "11": debianTag("11", 55_060_000),
    "12": debianTag("12", 49_580_000),
    buster: "10",
    bullseye: "11",
    bookworm: "12",
    "bookworm-slim": { ...debianTag("12", 29_130_000) },
    "12-slim": "bookworm-slim",
    stable: "12",
    "stable-slim": "bookworm-slim",
    latest: "12",
  },
};

export const curl: ImageRepository = {
  names: ["docker.io/curlimages/curl", "quay.io/curl/curl"],
  shared: {
    entrypoint: ["/entrypoint.sh"],
    programs: { "/entrypoint.sh": "curl" },
    cmd: ["curl"],
    userland: "alpine",
    user: { uid: 100, gid: 101 },
    workingDirectory: "/home/curl_user",
    sizeBytes: 9_500_000,
    files: alpineFiles("3.20.3"),
    extraCommands: ["curl"],
  },
  tags: { "7.73.0": {}, "7.88.1": {}, "8.5.0": {}, "8.10.1": {}, "8.11.0": {}, latest: "8.11.0" },
};

export const radialCurl: ImageRepository = {
  names: ["docker.io/radial/busyboxplus"],
  shared: { cmd: ["/bin/sh"], userland: "busybox", sizeBytes: 5_300_000, extraCommands: ["curl"] },
  tags: { curl: {}, latest: "curl" },
};

export const netshoot: ImageRepository = {
  names: ["docker.io/nicolaka/netshoot"],
  shared: {
    cmd: ["zsh"],
    userland: "alpine",
    sizeBytes: 201_000_000,
    files: alpineFiles("3.20.3"),
    extraCommands: ["curl", "openssl", "dig", "host", "nslookup", "nc", "jq"],
  },
  tags: { "v0.13": {}, latest: "v0.13" },
};

export const dnsutils: ImageRepository = {
  names: [
    "registry.k8s.io/e2e-test-images/jessie-dnsutils",
    "k8s.gcr.io/e2e-test-images/jessie-dnsutils",
    "gcr.io/kubernetes-e2e-test-images/dnsutils",
  ],
  shared: {
    cmd: ["sleep", "infinity"],
    userland: "debian",
    sizeBytes: 112_000_000,
    files: debianFiles("8"),
    extraCommands: ["dig", "nslookup", "host", "curl"],
  },
  tags: { "1.3": {}, "1.7": {} },
};

export const perl: ImageRepository = {
  names: ["docker.io/library/perl"],
  shared: {
    cmd: ["perl", "-de0"],
    userland: "debian",
    sizeBytes: 336_000_000,
    files: debianFiles("12"),
    extraCommands: ["perl"],
  },
  tags: { "5.34.0": {}, "5.34": "5.34.0", "5.40": {}, latest: "5.40" },
};

export const polinuxStress: ImageRepository = {
  names: ["docker.io/polinux/stress", "docker.io/progrium/stress"],
  shared: {
    cmd: ["stress", "--verbose", "--vm", "1", "--vm-bytes", "250M"],
    programs: { stress: "stress", "/usr/local/bin/stress": "stress", "/usr/bin/stress": "stress" },
    userland: "alpine",
    sizeBytes: 4_040_000,
    files: alpineFiles("3.16.9"),
  },
  tags: { "1.0.4": {}, latest: "1.0.4" },
};

export const vishStress: ImageRepository = {
  names: ["docker.io/vish/stress"],
  shared: {
    entrypoint: ["/stress"],
    cmd: ["-logtostderr"],
    programs: { "/stress": "vish-stress", stress: "vish-stress" },
    sizeBytes: 1_560_000,
  },
  tags: { latest: {} },
};

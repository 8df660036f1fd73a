/** /etc/os-release and its kin by distribution release. */
const DEBIAN: Record<string, { name: string; point: string }> = {
  "7": { name: "wheezy", point: "7.8" },
  "8": { name: "jessie", point: "8.4" },
  "9": { name: "stretch", point: "9.5" },
  "10": { name: "buster", point: "10.3" },
  "11": { name: "bullseye", point: "11.7" },
  "12": { name: "bookworm", point: "12.8" },
};

export function debianFiles(version: string): Record<string, string> {
  const release = DEBIAN[version]!;
  return {
    "/etc/debian_version": `${release.point}\n`,
    "/etc/os-release": [
      `PRETTY_NAME="Debian GNU/Linux ${version} (${release.name})"`,
      `NAME="Debian GNU/Linux"`,
      `VERSION_ID="${version}"`,
      `VERSION="${version} (${release.name})"`,
      `VERSION_CODENAME=${release.name}`,
      "ID=debian",
      `HOME_URL="https://www.debian.org/"`,
      `SUPPORT_URL="https://www.debian.org/support"`,
      `BUG_REPORT_URL="https://bugs.debian.org/"`,
      "",
    ].join("\n"),
  };
}

export function alpineFiles(version: string): Record<string, string> {
  return {
    "/etc/alpine-release": `${version}\n`,
    "/etc/os-release": [
      `NAME="Alpine Linux"`,
      "ID=alpine",
      `VERSION_ID=${version}`,
      `PRETTY_NAME="Alpine Linux v${version.split(".").slice(0, 2).join(".")}"`,
      `HOME_URL="https://alpinelinux.org/"`,
      `BUG_REPORT_URL="https://gitlab.alpinelinux.org/alpine/aports/-/issues"`,
      "",
    ].join("\n"),
  };
}

export function ubuntuFiles(version: string, codename: string): Record<string, string> {
  return {
    "/etc/os-release": [
      `PRETTY_NAME="Ubuntu ${version} LTS"`,
      `NAME="Ubuntu"`,
      `VERSION_ID="${version.split(".").slice(0, 2).join(".")}"`,
      `VERSION="${version} LTS (${codename})"`,
      `VERSION_CODENAME=${codename.split(" ")[0]!.toLowerCase()}`,
      "ID=ubuntu",
      "ID_LIKE=debian",
      `HOME_URL="https://www.ubuntu.com/"`,
      `UBUNTU_CODENAME=${codename.split(" ")[0]!.toLowerCase()}`,
      "",
    ].join("\n"),
  };
}

/** Where a cluster's machines and built-in Services live. IPv4 only, as a plain minikube is. */

const toNumber = (address: string) => address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
const toText = (value: number) => [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join(".");

/** The machines' network, as minikube's docker driver lays it out: .1 is the host, nodes start at .2. */
export const nodeAddress = (index: number): string => toText(toNumber("192.168.49.2") + index);

/** The n-th address of a CIDR. */
export const addressIn = (cidr: string, offset: number): string => toText(toNumber(cidr.split("/")[0]!) + offset);

/** Address of the Service `default/kubernetes`: the first of the range. */
export const kubernetesServiceAddress = (serviceCidr: string): string => addressIn(serviceCidr, 1);

/** Address of the Service `kube-system/kube-dns`: the tenth of the range, by kubeadm's convention. */
export const dnsServiceAddress = (serviceCidr: string): string => addressIn(serviceCidr, 10);

/** The /24 of the cluster's pod range that belongs to the n-th node. */
export const nodePodCidr = (podCidr: string, index: number): string => `${addressIn(podCidr, index * 256)}/24`;

// What the columns of other people's lists are called, in the languages and by the tools they come from.
import type { Field } from './computer.ts'
import { fields, fieldTitles } from './computer.ts'

/** Titles as compared: lower case, without accents, only letters and digits. */
const plain = (title: string): string =>
  title
    .normalize('NFD')
    .toLowerCase()
    .replace(/ß/g, 'ss')
    .replace(/[^\p{L}\p{N}]/gu, '')

/** Synonyms beside our own titles: Configuration Manager, Intel SCS, MeshCommander, inventory tools; English, German, French, Spanish. */
const synonyms: Readonly<Record<Field, string>> = {
  name: `short_name, shortname, computer, computer name, netbios name, host, hostname, machine, machine name, device,
    device name, pc, pc name, system name, client name, Rechnername, Rechner, Computername, Gerätename, Gerät, Hostname, PC-Name,
    nom, nom de l'ordinateur, nom ordinateur, nom machine, nom de la machine, ordinateur, poste, nom du poste, nom d'hôte, nombre,
    nombre del equipo, nombre de equipo, nombre de máquina, equipo, nombre del ordenador, ordenador, nombre de host`,
  fqdn: `fully qualified domain name, full dns name, dns name, dns host name, dnshostname, full name, full computer name, amt fqdn,
    DNS-Name, vollständiger Name, vollqualifizierter Name, vollqualifizierter Domänenname, vollständiger Computername,
    nom dns, nom complet, nom de domaine complet, nom dns complet, nombre dns, nombre completo, nombre de dominio completo`,
  guid: `smbios, smbiosguid, smbios uuid, uuid, guid, system uuid, system guid, platform guid, platform uuid, amt uuid, amt guid,
    bios guid, bios uuid, hardware uuid, computer uuid, System-UUID, Geräte-UUID, uuid du système, uuid système, guid smbios,
    uuid smbios, uuid del sistema, uuid de sistema`,
  mac: `mac, macaddress, mac address 1, lan mac, wired mac, ethernet mac, physical address, ethernet address, hardware address,
    optional_mac_address, MAC-Adresse, Hardwareadresse, physische Adresse, Ethernet-Adresse, adresse mac, adresse physique,
    dirección mac, dirección física, direccion mac`,
  mebxPassword: `mebx, mebx_password, mebx pass, mebx pwd, optional_mebx_password, mebx password (base64), MEBx-Kennwort, MEBx-Passwort,
    mot de passe mebx, contraseña mebx, contraseña de mebx`,
  adminPassword: `remote_admin_password, remote admin, optional_remote_admin_password, admin password, adminpassword, amt password,
    amt admin password, digest admin password, amt pass, password, pass, pwd, Kennwort, Passwort, Administratorkennwort,
    Admin-Kennwort, Admin-Passwort, AMT-Kennwort, AMT-Passwort, Remote-Admin-Kennwort, mot de passe, mot de passe administrateur,
    mot de passe admin, mot de passe amt, contraseña, contraseña de administrador, contraseña amt, clave`,
  address: `ip, ip address, ipaddress, ipv4, ipv4 address, ipv6, amt ip, amt address, amt ip address, network address, last ip,
    IP-Adresse, Adresse, Netzwerkadresse, IPv4-Adresse, adresse ip, adresse, adresse réseau, dirección, dirección ip, dirección de red`,
  amtVersion: `version, amt, amt firmware, amt firmware version, firmware version, me version, firmware, amt full version, amtfullversion,
    intel amt version, AMT-Version, Firmwareversion, version amt, version du micrologiciel, versión, versión amt, versión de amt,
    versión de firmware`
}

interface Known {
  readonly field: Field
  /** Whether it is the field's own title, not only a synonym. */
  readonly exact: boolean
}

const known: ReadonlyMap<string, Known> = new Map([
  ...fields.flatMap((field) =>
    synonyms[field].split(',').map((title): [string, Known] => [plain(title), { field, exact: false }])
  ),
  ...fields.flatMap((field): [string, Known][] => [
    [plain(fieldTitles[field]), { field, exact: true }],
    [plain(field), { field, exact: true }]
  ])
])

/** The field that a title stands for, and whether it is our own title; null for a title that is not known. */
export const fieldOfTitle = (title: string): Known | null => known.get(plain(title)) ?? null

/** Whether a title speaks of a secret, also of one that is none of our fields. */
export const isSecretTitle = (title: string): boolean => {
  const field = fieldOfTitle(title)?.field
  return (
    field === 'mebxPassword' ||
    field === 'adminPassword' ||
    /passw|passphrase|pwd|kennwort|motdepasse|contrasen|secret|geheim|clave|token|credential|apikey|privatekey|\bpin\b|\bpid\b|\bpps\b/.test(
      `${plain(title)} ${title.toLowerCase()}`
    )
  )
}

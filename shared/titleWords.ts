// What the columns of other people's lists are called, by field: a table of words, in the languages and by the tools they come from.
import type { Field } from './computer.ts'

/**
 * Titles that mean the field and nothing else. Configuration Manager (console, reports, views), Intel SCS and EMA,
 * MeshCommander, MeshCentral, Lansweeper, PDQ, Active Directory, WMI, lists of HP, Dell and Lenovo; then English, German,
 * French, Spanish, Italian, Portuguese, Dutch, Polish, Japanese.
 */
export const otherTitles: Readonly<Record<Field, string>> = {
  name: `short_name, shortname, short name, computer, computer name, computername, netbios name, netbios, hostname, host name,
    machine name, device name, pc name, system name, client name, workstation, workstation name, endpoint name, node name,
    PSComputerName, CSName, sAMAccountName, cn, AssetName, asset name, AssetUnique, resource name, AMT host name, amt hostname,
    Rechnername, Rechner, Computername, Gerätename, Hostname, PC-Name, Arbeitsplatz, Arbeitsstation, Clientname, Kurzname,
    nom de l'ordinateur, nom ordinateur, nom machine, nom de la machine, ordinateur, poste, nom du poste, nom d'hôte,
    nom netbios, nom du pc, nom de l'appareil,
    nombre del equipo, nombre de equipo, nombre de máquina, equipo, nombre del ordenador, ordenador, nombre de host,
    nombre netbios, nombre del dispositivo,
    nome computer, nome del computer, nome host, nome dispositivo, nome macchina, nome netbios, nome pc,
    nome do computador, nome da máquina, nome do host, nome do dispositivo, computador, nome do equipamento,
    computernaam, hostnaam, apparaatnaam, machinenaam, naam computer, pc-naam, werkstation,
    nazwa komputera, komputer, nazwa hosta, nazwa urządzenia, nazwa netbios, nazwa stacji,
    コンピューター名, コンピュータ名, ホスト名, 端末名, マシン名, デバイス名, PC名, 機器名`,
  fqdn: `fully qualified domain name, fully qualified name, full dns name, dns name, dns host name, dnshostname, dns fqdn,
    full computer name, full host name, amt fqdn, intel amt fqdn, host fqdn, computer fqdn, device fqdn,
    system fqdn, resource names, fqdn name, dns,
    DNS-Name, vollqualifizierter Name, vollqualifizierter Domänenname, vollständiger Computername, vollständiger DNS-Name,
    vollständiger Rechnername, DNS-Hostname,
    nom dns, nom de domaine complet, nom dns complet, nom de domaine complètement qualifié, nom complet de l'ordinateur,
    nombre dns, nombre de dominio completo, nombre dns completo, nombre completo del equipo,
    nome dns, nome di dominio completo, nome completo computer, nome dominio completo,
    nome de domínio completo, nome dns completo, nome completo do computador,
    dns-naam, volledige dns-naam, volledige domeinnaam, volledige computernaam,
    nazwa dns, pełna nazwa dns, pełna nazwa domenowa, pełna nazwa komputera, w pełni kwalifikowana nazwa domeny,
    完全修飾ドメイン名, DNS名, FQDN名, 完全なコンピューター名`,
  guid: `smbios, smbiosguid, smbios guid, smbios uuid, uuid, guid, system uuid, system guid, platform guid, platform uuid,
    endpoint platform id, amt uuid, amt guid, intel amt uuid, intel amt guid, bios guid, bios uuid, hardware uuid, hardware guid,
    computer uuid, computer guid, machine uuid, device uuid, motherboard uuid, host uuid, netbootGUID, pxe guid, csproduct uuid,
    ComputerSystemProduct UUID, smbios id, uuid number, universally unique id, universally unique identifier,
    System-UUID, Geräte-UUID, Geräte-GUID, Hardware-UUID, Rechner-UUID, BIOS-GUID,
    uuid du système, uuid système, guid smbios, uuid smbios, guid système, uuid de la machine, identifiant smbios,
    uuid del sistema, uuid de sistema, guid del sistema, uuid del equipo,
    uuid di sistema, guid di sistema, uuid do sistema, guid do sistema, uuid da máquina,
    systeem-uuid, systeem-guid, uuid systemu, guid systemu, identyfikator smbios,
    システムUUID, システムGUID, 端末UUID`,
  mac: `mac, macaddress, mac address 1, mac 1, mac addresses, macs, lan mac, lan mac address, wired mac, wired mac address,
    ethernet mac, ethernet mac address, physical address, ethernet address, hardware address, optional_mac_address, amt mac,
    amt mac address, nic mac address, nic1 mac, lom mac, lom mac address, embedded nic mac, integrated nic mac,
    onboard mac, onboard nic mac, primary mac, primary mac address, network address mac, mac id, dhcp mac,
    MAC-Adresse, MAC-Adressen, Hardwareadresse, physische Adresse, Ethernet-Adresse, MAC-Adresse LAN,
    adresse mac, adresses mac, adresse physique, adresse ethernet,
    dirección mac, direcciones mac, dirección física,
    indirizzo mac, indirizzi mac, indirizzo fisico, endereço mac, endereços mac, endereço físico,
    mac-adres, mac-adressen, fysiek adres, adres mac, adresy mac, adres fizyczny,
    MACアドレス, 物理アドレス, 有線MACアドレス`,
  mebxPassword: `mebx, mebx_password, mebx pass, mebx pwd, optional_mebx_password, mebx password (base64), me bios password,
    mebx admin password, me password, MEBx-Kennwort, MEBx-Passwort, mot de passe mebx, contraseña mebx, contraseña de mebx,
    password mebx, parola mebx, senha mebx, senha do mebx, palavra-passe mebx, mebx-wachtwoord, hasło mebx, MEBxパスワード`,
  adminPassword: `remote_admin_password, optional_remote_admin_password, remote admin password (base64), admin password,
    adminpassword, amt password, amt admin password, intel amt password, digest admin password, digest password, amt pass,
    amt pwd, password, pass, pwd, Kennwort, Passwort, Administratorkennwort, Admin-Kennwort, Admin-Passwort, AMT-Kennwort,
    AMT-Passwort, Remote-Admin-Kennwort, mot de passe, mot de passe administrateur, mot de passe admin, mot de passe amt,
    contraseña, contraseña de administrador, contraseña amt, contraseña de amt, clave,
    password amministratore, password amt, parola d'ordine, senha, senha do administrador, senha amt, palavra-passe,
    wachtwoord, beheerderswachtwoord, amt-wachtwoord, hasło, hasło administratora, hasło amt,
    パスワード, 管理者パスワード, AMTパスワード`,
  address: `ip, ip address, ip addresses, ipaddress, ip 1, ipv4, ipv4 address, ipv6 address, amt ip, amt address, amt ip address,
    intel amt ipv4, intel amt ip, last ip, last ip address, last known ip, current ip, primary ip, host ip, lan ip, ip number,
    IP-Adresse, IP-Adressen, Netzwerkadresse, IPv4-Adresse, IPv6-Adresse, adresse ip, adresses ip, adresse réseau, adresse ipv4,
    dirección ip, direcciones ip, dirección de red, dirección ipv4, indirizzo ip, indirizzi ip, indirizzo di rete,
    endereço ip, endereços ip, endereço de rede, ip-adres, ip-adressen, netwerkadres, adres ip, adresy ip, adres sieciowy,
    IPアドレス, IPv4アドレス`,
  amtVersion: `amt firmware, amt firmware version, amt fw version, amt ver, amt full version, amtfullversion, intel amt version,
    me version, me firmware version, me firmware, intel me version, csme version, management engine version, vpro version,
    AMT-Version, AMT-Firmware, ME-Version, version amt, version d'amt, versión amt, versión de amt, versione amt, versão amt,
    versão do amt, amt-versie, wersja amt, AMTバージョン, AMT版`,
  amtStatus: `amt state, amt provisioning state, amt provision state, amt provisioning status, amt configuration state, intel amt status,
    intel amt state, vpro status, AMT-Zustand, état amt, statut amt, estado amt, estado de amt, stato amt, status do amt,
    amt-status, status amt, stan amt, AMT状態, AMTステータス`
}

/** Titles that may mean the field or something else: taken only if the cells agree, or as far as none speaks against it. */
export const vagueTitles: Readonly<Partial<Record<Field, string>>> = {
  name: `host, machine, device, pc, system, client, endpoint, node, asset, rname, Gerät, nom, nombre, nome, naam, nazwa, 名前,
    名称, appareil, dispositivo, apparaat, urządzenie`,
  fqdn: `full name, vollständiger Name, nom complet, nombre completo, nome completo, volledige naam, pełna nazwa, domain name`,
  guid: 'id, system id, machine id, unique id, unique identifier, device id, hardware id, endpoint id',
  address: 'Adresse, dirección, indirizzo, endereço, adres, アドレス, network address, addr',
  amtVersion: `version, amt, firmware, firmware version, fw version, ver, Firmwareversion, version du micrologiciel, versión,
    versión de firmware, versione, versione firmware, versão, versie, firmwareversie, wersja, wersja firmware, バージョン`,
  amtStatus:
    'status, state, provisioning state, provisioning status, provisioningstate, Zustand, état, statut, estado, stato, stan, 状態',
  adminPassword: 'remote admin'
}

/** Titles that look like one of ours, by word or by content, and mean something else: never guessed. */
export const unrelatedTitles = `user name, username, user, domain, full domain name, dns domain, dns suffix, domain or workgroup,
  Domäne, domaine, dominio, domínio, domein, domena, ドメイン, device type, device model, device make, system type, system model,
  machine type, serial number, computer model, computer type, client version, asset tag, asset type, ip subnet, ip subnets,
  subnet, subnet mask, netmask, gateway, default gateway, dns server, dns servers, dhcp server, wins server, site,
  bios version, smbios version, os version, operating system version, windows version, agent version, driver version,
  product version, wlan mac, wlan mac address, wireless mac, wireless mac address, wifi mac, wi-fi mac address, bluetooth mac,
  bluetooth address, dock mac, mac os, endpoint group, owner, server, management server, server name, site server`

/** Parts of titles that speak of a secret. */
export const secretWords = `passw, passphrase, passcode, pwd, kennwort, motdepasse, contrasen, secret, geheim, clave, token,
  credential, apikey, privatekey, senha, palavrapasse, paroladordine, parola, wachtwoord, haslo, パスワード, 暗証, 秘密, codesecret,
  segreto, segredo, tajne`

// What the Linux packages have in common: where things lie, the menu entry, the type of site packs, and what is said at removal.
import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { at } from '../paths.mjs'

export const name = 'amt-migration-wizard'
export const maintainer = 'AMT Migration Wizard authors <authors@amt-migration-wizard.invalid>'
export const synopsis = 'Takes Intel AMT computers over from another management solution'
/** The type of site packs. */
export const packType = 'application/x-amtpack'
const home = `opt/${name}`

export const desktopEntry = `[Desktop Entry]
Type=Application
Name=AMT Migration Wizard
Comment=${synopsis}
Exec=/${home}/${name} %f
Icon=${name}
Categories=System;
MimeType=${packType};
StartupWMClass=AMT Migration Wizard
Terminal=false
`

export const mimeXml = `<?xml version="1.0" encoding="UTF-8"?>
<mime-info xmlns="http://www.freedesktop.org/standards/shared-mime-info">
  <mime-type type="${packType}">
    <comment>AMT site pack</comment>
    <glob pattern="*.amtpack"/>
    <icon name="${name}"/>
  </mime-type>
</mime-info>
`

/** Desktops look anew which programs and types there are; where these tools are missing nobody needs it. */
export const refresh = `if command -v update-desktop-database >/dev/null 2>&1; then update-desktop-database -q /usr/share/applications || true; fi
if command -v update-mime-database >/dev/null 2>&1; then update-mime-database /usr/share/mime || true; fi
`

/** Where the system gives users no namespaces of their own, Chromium's sandbox needs its helper with root's rights. */
export const allowSandbox = `kernel() { cat "/proc/sys/$1" 2>/dev/null || true; }
if [ "$(kernel kernel/unprivileged_userns_clone)" = 0 ] || [ "$(kernel kernel/apparmor_restrict_unprivileged_userns)" = 1 ] || [ "$(kernel user/max_user_namespaces)" = 0 ]; then
  chmod 4755 /${home}/chrome-sandbox
fi
`

/** Data belongs to persons, not to the package: a package never touches the homes of users. */
export const stays = `echo "AMT Migration Wizard: what users still had (imports, audit log, entries in the keychain) was left as it is."
`
export const beforeRemoval = `echo "AMT Migration Wizard: whoever wants their own data and keychain entries gone as well runs, before the removal and as themselves: amt-migrate store remove"
`

/**
 * On a terminal the person who removes it is asked; Enter keeps everything, as does whoever has no terminal. The program
 * itself removes, as that person and in their session, after it has shown what there is and the word is typed: only it knows
 * which keychain entries are its own, and it refuses when passwords of computers are kept nowhere else.
 */
export const askBeforeRemoval = `if [ -t 0 ] && [ -n "\${SUDO_USER:-}" ] && [ "\${DEBIAN_FRONTEND:-}" != noninteractive ]; then
  printf 'Keep the imports, audit log and settings of %s, and their keychain entries? [Y/n] ' "$SUDO_USER"
  read -r answer || answer=
  case "$answer" in
    [nN]*)
      id="$(id -u "$SUDO_USER")"
      su -s /bin/sh -l "$SUDO_USER" -c "XDG_RUNTIME_DIR=/run/user/$id DBUS_SESSION_BUS_ADDRESS=unix:path=/run/user/$id/bus exec /usr/bin/amt-migrate store remove" ||
        echo "Not everything was removed; what stays, and why, is above. To remove what stays, install the wizard again and run: amt-migrate store remove"
      ;;
  esac
else
  ${beforeRemoval}fi
`

/**
 * Lays the tree of a package out. @param {string} folder the packed one @param {string} tree @param {'deb' | 'rpm'} kind
 * what the program finds out later about how it was installed
 */
export function layOut(folder, tree, kind) {
  const put = (file, text) => {
    mkdirSync(path.dirname(path.join(tree, file)), { recursive: true })
    writeFileSync(path.join(tree, file), text)
  }
  cpSync(folder, path.join(tree, home), { recursive: true })
  put(`${home}/resources/package-type`, kind)
  put(`usr/share/applications/${name}.desktop`, desktopEntry)
  put(`usr/share/mime/packages/${name}.xml`, mimeXml)
  mkdirSync(path.join(tree, 'usr/share/pixmaps'), { recursive: true })
  cpSync(at('resources/wizard.png'), path.join(tree, `usr/share/pixmaps/${name}.png`))
  mkdirSync(path.join(tree, 'usr/bin'), { recursive: true })
  for (const command of [name, 'amt-migrate']) symlinkSync(`/${home}/${command}`, path.join(tree, 'usr/bin', command))
  return put
}

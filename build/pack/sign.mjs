// Signs packages for updates: a small description beside each, and the same once more under the name that a server has the newest by.
// The key comes by the environment of whoever releases, and is never in the checkout:
//   AMT_UPDATE_KEY               a file with an Ed25519 private key in PEM (openssl genpkey -algorithm ed25519)
//   AMT_UPDATE_KEY_PASSPHRASE    what opens it, when it is locked
// Without AMT_UPDATE_KEY a package has no key to check updates with, and says so in its settings.
import { createHash, createPrivateKey, createPublicKey, sign } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/** @param {NodeJS.ProcessEnv} env @returns {{ publicKey: string, sign: (bytes: Uint8Array) => Buffer } | undefined} */
export function updateKey(env = process.env) {
  const file = env.AMT_UPDATE_KEY
  if (!file) return undefined
  const key = createPrivateKey({ key: readFileSync(file), passphrase: env.AMT_UPDATE_KEY_PASSPHRASE })
  if (key.asymmetricKeyType !== 'ed25519') throw new Error('AMT_UPDATE_KEY has to be an Ed25519 key.')
  const publicKey = createPublicKey(key).export({ format: 'der', type: 'spki' }).toString('base64')
  return { publicKey, sign: (bytes) => sign(null, bytes, key) }
}

const endings = { nsis: /-setup\.exe$/, portable: /-portable\.exe$/ }
const kinds = ['nsis', 'portable', 'dmg', 'zip', 'AppImage', 'deb', 'rpm', 'tar.gz']
const platforms = { linux: 'linux', mac: 'darwin', win: 'win32' }

/**
 * What a package is, told by the name it was made under: amt-migration-wizard-0.1.0-linux-x64.deb.
 * @param {string} file
 */
export function packageOf(file) {
  const name = path.basename(file)
  const [, version, system, arch] =
    /^amt-migration-wizard-(.+)-(linux|mac|win)-(x64|arm64|universal)\b/.exec(name) ?? []
  const kind = kinds.find((each) => (endings[each] ? endings[each].test(name) : name.endsWith(`.${each}`)))
  if (version === undefined || kind === undefined) throw new Error(`${name} is not the name of a package`)
  return { version, platform: platforms[system], arch, kind, file: name }
}

/**
 * Writes `<package>.amtupdate` and `latest-….amtupdate` beside a package.
 * @param {string} file @param {{ sign: (bytes: Uint8Array) => Buffer }} key @param {string} date ISO 8601
 */
export function signPackage(file, key, date) {
  const content = readFileSync(file)
  const about = packageOf(file)
  const line = JSON.stringify({
    format: 'amt-update-1',
    product: 'amt-migration-wizard',
    ...about,
    bytes: content.length,
    sha512: createHash('sha512').update(content).digest('base64'),
    date
  })
  const text = `${line}\n${key.sign(Buffer.from(line)).toString('base64')}\n`
  const { platform, arch, kind } = about
  writeFileSync(`${file}.amtupdate`, text)
  writeFileSync(path.join(path.dirname(file), `latest-${platform}-${arch}-${kind}.amtupdate`), text)
}

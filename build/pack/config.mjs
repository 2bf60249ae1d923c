// What electron-builder is told: one configuration for every system. Each fuse has its reason.
import { at } from '../paths.mjs'

const manifest = {
  appId: 'org.amt-migration-wizard.app',
  productName: 'AMT Migration Wizard',
  program: 'amt-migration-wizard'
}

/** Fuses of the shipped program (electron-builder's names). */
export const fuses = {
  // With it anybody could use the signed program as a bare Node, with its rights to the keychain.
  runAsNode: false,
  // The same by way of NODE_OPTIONS.
  enableNodeOptionsEnvironmentVariable: false,
  // No debugger may be attached to the side that holds the secrets.
  enableNodeCliInspectArguments: false,
  // A folder beside the archive must not take its place.
  onlyLoadAppFromAsar: true,
  // Where Electron supports it (Windows, macOS) the archive is checked against a hash in the program.
  enableEmbeddedAsarIntegrityValidation: true,
  // The page keeps no cookies; if one ever appears it shall not lie there in clear.
  enableCookieEncryption: true,
  // The page has its own scheme and no use for file:.
  grantFileProtocolExtraPrivileges: false,
  // There is no snapshot of our own for the main process.
  loadBrowserProcessSpecificV8Snapshot: false
}

/**
 * @param {{ stage: string, output: string, electron: { folder: string, version: string } | undefined, afterPack: Function, level: string | undefined }} given
 * `electron` undefined = electron-builder fetches the official one.
 */
export const configuration = ({ stage, output, electron, afterPack, level }) => ({
  appId: manifest.appId,
  productName: manifest.productName,
  directories: { output, buildResources: at('resources') },
  ...(electron ? { electronDist: electron.folder, electronVersion: electron.version } : {}),
  // The staged folder holds exactly what is shipped; nothing is rebuilt, the native modules come ready made.
  npmRebuild: false,
  nodeGypRebuild: false,
  buildDependenciesFromSource: false,
  asar: true,
  asarUnpack: ['**/*.node'],
  files: ['**/*'],
  extraFiles: [
    { from: `${stage}/THIRD-PARTY-LICENCES.txt`, to: 'THIRD-PARTY-LICENCES.txt' },
    { from: `${stage}/sbom.cdx.json`, to: 'sbom.cdx.json' }
  ],
  electronFuses: fuses,
  afterPack,
  compression: level,
  publish: null,
  artifactName: `${manifest.program}-\${version}-\${os}-\${arch}.\${ext}`,
  win: {
    icon: at('resources/wizard.png'),
    target: [
      { target: 'nsis', arch: ['x64', 'arm64'] },
      { target: 'portable', arch: ['x64', 'arm64'] }
    ],
    extraFiles: [{ from: at('resources/pack/amt-migrate.cmd'), to: 'amt-migrate.cmd' }]
  },
  nsis: {
    oneClick: false,
    // Per user unless the person chooses everybody.
    perMachine: false,
    allowElevation: true,
    allowToChangeInstallationDirectory: true,
    // The uninstaller asks whether data and keychain entries shall stay (resources/pack/uninstall.nsh).
    deleteAppDataOnUninstall: false,
    include: at('resources/pack/uninstall.nsh')
  },
  mac: {
    icon: at('resources/wizard.png'),
    category: 'public.app-category.utilities',
    target: [
      { target: 'dmg', arch: ['universal'] },
      { target: 'zip', arch: ['universal'] }
    ],
    hardenedRuntime: true,
    gatekeeperAssess: false,
    entitlements: at('resources/pack/entitlements.plist'),
    entitlementsInherit: at('resources/pack/entitlements.plist')
  },
  linux: {
    icon: at('resources/wizard.png'),
    executableName: manifest.program,
    category: 'System',
    maintainer: 'AMT Migration Wizard authors <authors@amt-migration-wizard.invalid>',
    synopsis: 'Takes Intel AMT computers over from another management solution',
    target: ['AppImage', 'deb', 'rpm', 'tar.gz'],
    extraFiles: [{ from: at('resources/pack/amt-migrate'), to: 'amt-migrate' }]
  },
  deb: { depends: ['libgtk-3-0', 'libnss3', 'libgbm1', 'libasound2', 'libsecret-1-0'] }
})

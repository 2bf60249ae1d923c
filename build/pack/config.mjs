// What electron-builder is told: one configuration for every system. Each fuse has its reason.
import { at } from '../paths.mjs'
import { maintainer, packType, synopsis } from './linux.mjs'

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
 * @param {{ stage: string, output: string, electron: { folder: string, version: string } | undefined, version?: string, afterPack: Function, level: string | undefined }} given
 * `electron` undefined = electron-builder fetches the official one of this version for each processor.
 */
export const configuration = ({ stage, output, electron, version, afterPack, level }) => ({
  appId: manifest.appId,
  productName: manifest.productName,
  directories: { output, buildResources: at('resources') },
  ...(electron ? { electronDist: electron.folder, electronVersion: electron.version } : { electronVersion: version }),
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
  extraResources: [{ from: `${stage}/app-update.yml`, to: 'app-update.yml' }],
  electronFuses: fuses,
  afterPack,
  compression: level,
  // Updates have no place of their own: a person gives the address (electron/updates), so nothing is published from here.
  publish: null,
  // A double click on a site pack opens it; on Linux its type is named by mimeType.
  fileAssociations: [
    {
      ext: 'amtpack',
      name: 'AMT site pack',
      description: 'Site pack of AMT Migration Wizard',
      role: 'Editor',
      mimeType: packType
    }
  ],
  artifactName: `${manifest.program}-\${version}-\${os}-\${arch}.\${ext}`,
  win: {
    icon: at('resources/wizard.png'),
    target: [
      { target: 'nsis', arch: ['x64', 'arm64'] },
      { target: 'portable', arch: ['x64', 'arm64'] }
    ],
    extraFiles: [{ from: at('resources/pack/amt-migrate.cmd'), to: 'amt-migrate.cmd' }],
    requestedExecutionLevel: 'asInvoker'
  },
  portable: { artifactName: `${manifest.program}-\${version}-win-\${arch}-portable.\${ext}` },
  nsis: {
    // Both kinds of .exe lie in one folder.
    artifactName: `${manifest.program}-\${version}-win-\${arch}-setup.\${ext}`,
    buildUniversalInstaller: false,
    oneClick: false,
    // Per user unless the person chooses everybody.
    perMachine: false,
    allowElevation: true,
    allowToChangeInstallationDirectory: true,
    // The uninstaller asks whether data and keychain entries shall stay (resources/pack/uninstall.nsh).
    deleteAppDataOnUninstall: false,
    createStartMenuShortcut: true,
    createDesktopShortcut: false,
    shortcutName: manifest.productName,
    menuCategory: false,
    include: at('resources/pack/uninstall.nsh')
  },
  mac: {
    icon: at('resources/wizard.png'),
    category: 'public.app-category.utilities',
    target: [
      { target: 'dmg', arch: ['universal'] },
      { target: 'zip', arch: ['universal'] }
    ],
    // The native modules bring a file for each processor; the same ones lie in both halves.
    x64ArchFiles: '**/*.node',
    hardenedRuntime: true,
    gatekeeperAssess: false,
    entitlements: at('resources/pack/entitlements.plist'),
    entitlementsInherit: at('resources/pack/entitlements.plist')
  },
  linux: {
    icon: at('resources/wizard.png'),
    executableName: manifest.program,
    category: 'System',
    maintainer,
    synopsis,
    target: ['AppImage', 'deb', 'rpm', 'tar.gz'],
    extraFiles: [{ from: at('resources/pack/amt-migrate'), to: 'amt-migrate' }]
  },
  // Of the .deb and the .rpm build/pack makes its own, with what Debian has.
  appImage: { license: at('LICENSE') }
})

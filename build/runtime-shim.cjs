// Stands in for the start page of Electron in the development bundle, which has none: it lets `electron [options] <folder>`
// open the application in that folder. Set-up copies this file into the bundle; the official Electron never sees it.
const { app } = require('electron')
const Module = require('node:module')
const path = require('node:path')

const folder = path.resolve(process.argv.slice(1).find((word) => !word.startsWith('-')) ?? '.')
const manifest = require(path.join(folder, 'package.json'))

app.setAppPath(folder)
app.setName(manifest.productName ?? manifest.name)
app.setVersion(manifest.version)
app.setPath('userData', path.join(app.getPath('appData'), app.getName()))

// better-sqlite3 from 13 on needs Node-API 10 and crashes on less; the bundle brings an older copy made for itself.
if (Number(process.versions.napi) < 10) {
  const own = require.resolve('better-sqlite3')
  const resolve = Module._resolveFilename
  Module._resolveFilename = (request, ...rest) => (request === 'better-sqlite3' ? own : resolve(request, ...rest))
}

require(path.join(folder, manifest.main))

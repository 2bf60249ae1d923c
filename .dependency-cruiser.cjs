// The walls between the rooms, one sentence each. test/boundary/walls.test.ts breaks every one of them on purpose.
const sockets = '^(node:)?(net|tls|http|https|http2|dgram)$'
/** Installed packages, wherever the folder they lie in is linked from. */
const npm = (name) => `(^|/)node_modules/${name}/`

/** @param {string} name @param {string} comment */
const wall = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to })

module.exports = {
  forbidden: [
    wall(
      'shared-knows-nobody',
      'Both sides agree on the words in shared/, so shared/ leans on neither side; its packages are pure words, too.',
      { path: '^shared/' },
      { pathNot: ['^shared/', npm('(zod|(@types/)?punycode|fastest-levenshtein)')] }
    ),
    wall(
      'page-knows-only-shared',
      'The page reaches the core through the contract alone.',
      { path: '^renderer/' },
      { pathNot: ['^renderer/', '^shared/', npm('.+')] }
    ),
    wall(
      'page-has-no-node',
      'The page runs in a sandbox; what needs Node belongs on the other side of the contract.',
      { path: '^renderer/' },
      { dependencyTypes: ['core'] }
    ),
    wall(
      'page-has-no-core-packages',
      'Electron, the database and the keychain are not for the page.',
      { path: '^renderer/' },
      { path: npm('(electron|better-sqlite3|keytar)') }
    ),
    wall(
      'core-leaves-the-page-alone',
      'The privileged side and the page share words, never code.',
      { path: '^electron/' },
      { path: '^renderer/' }
    ),
    wall(
      'only-app-knows-electron',
      'Everything below electron/app/ also runs from the command line and in tests.',
      { path: '^electron/', pathNot: ['^electron/app/', '^electron/main\\.ts$'] },
      { path: npm('electron') }
    ),
    wall(
      'command-line-reaches-no-electron',
      'The command line runs on plain Node, so nothing it imports may lead to Electron.',
      { path: '^electron/(cli|simulator/main)\\.ts$' },
      { path: npm('electron'), reachable: true }
    ),
    wall(
      'only-doors-open-sockets',
      'The network is entered at three doors; types may be named anywhere.',
      {
        path: '^electron/',
        pathNot: ['^electron/wsman/transport\\.ts$', '^electron/setup/', '^electron/simulator/server\\.ts$']
      },
      { path: sockets, dependencyTypesNot: ['type-only'] }
    ),
    wall(
      'only-store-knows-sqlite',
      'Jobs and evidence are asked for in words of the house, never in SQL from elsewhere.',
      { path: '^electron/', pathNot: '^electron/store/' },
      { path: npm('(@types/)?better-sqlite3') }
    ),
    wall(
      'only-vault-knows-keytar',
      'There is one way to a secret.',
      { path: '^electron/', pathNot: '^electron/vault\\.ts$' },
      { path: npm('keytar') }
    ),
    wall(
      'simulator-shares-no-wire',
      'A practice device built from the client it checks would agree with every mistake.',
      { path: '^electron/simulator/' },
      { path: '^electron/wsman/' }
    ),
    wall(
      'source-needs-no-test',
      'Tests lean on the source, never the other way.',
      { path: '^(shared|electron|renderer)/' },
      { path: '^test/' }
    ),
    wall(
      'no-cycles',
      'What needs each other belongs together or has a third thing between.',
      {}, // A circle that only types close is gone before anything runs.
      { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } }
    ),
    wall(
      'no-orphans',
      'A file nobody reaches is not part of the house.',
      { orphan: true, path: '^(shared|electron|renderer)/', pathNot: '\\.d\\.ts$' },
      {}
    ),
    wall(
      'no-unresolved',
      'An import that leads nowhere hides what it would have led to.',
      {},
      { couldNotResolve: true }
    )
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|test-results)/' },
    // Type-only imports count too: a wall with a window in it is still a way of knowing.
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types']
    }
  }
}

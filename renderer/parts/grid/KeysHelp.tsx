// The list of keys, folded away until it is asked for; below it the marks that cells can bear.
import { makeStyles, tokens } from '@fluentui/react-components'
import { Card } from '../Card.tsx'
import { keyWords, moving, type Shortcut } from './shortcuts.ts'

const useStyles = makeStyles({
  card: { padding: '10px 16px', gap: '6px' },
  scroll: { maxHeight: '150px', overflow: 'auto' },
  list: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(280px, 1fr))',
    gap: '3px 20px',
    margin: 0,
    fontSize: tokens.fontSizeBase200
  },
  entry: { display: 'flex', gap: '10px' },
  keys: { minWidth: '104px', fontWeight: tokens.fontWeightSemibold },
  words: { margin: 0, color: tokens.colorNeutralForeground2 },
  line: { margin: 0, fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2 }
})

export function KeysHelp({ shortcuts }: { readonly shortcuts: readonly Shortcut[] }) {
  const styles = useStyles()
  const entries = [...moving, ...shortcuts.map(({ keys, words }) => [keys.map(keyWords).join(' or '), words] as const)]
  return (
    <Card title="Keys" className={styles.card}>
      {/* biome-ignore-start lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would draw a frame */}
      <div className={styles.scroll} role="group" tabIndex={0} aria-label="List of keys">
        {/* biome-ignore-end lint/a11y/noNoninteractiveTabindex: as above */}
        <dl className={styles.list}>
          {entries.map(([keys, words]) => (
            <div key={keys} className={styles.entry}>
              <dt className={styles.keys}>{keys}</dt>
              <dd className={styles.words}>{words}</dd>
            </div>
          ))}
        </dl>
      </div>
      <p className={styles.line}>
        A frame marks a cell with a problem, a corner at the top right one that differs from what was known, a corner at
        the bottom left one that was changed here.
      </p>
    </Card>
  )
}

const useHint = makeStyles({
  hint: { margin: 0, fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground3 }
})

export function KeysHint() {
  const styles = useHint()
  return (
    <p className={styles.hint}>
      F2 edit · F8 next problem · F7 repairs · Ctrl+Z undo · Ctrl+V paste · Ctrl+D fill down · Ctrl+H replace · Alt+Del
      leave out · F6 leaves the grid · ? all keys
    </p>
  )
}

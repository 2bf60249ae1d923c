// The first computers of a file while all of it is still being read; it says that nothing of them is kept yet.
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components'
import { memo } from 'react'
import { fieldTitles } from '../../../shared/computer.ts'
import { counted } from '../../words.ts'
import { Card } from '../Card.tsx'
import type { Head } from './giving.ts'

const useStyles = makeStyles({
  words: { margin: 0, color: tokens.colorNeutralForeground2, overflowWrap: 'anywhere' },
  scroll: { overflow: 'auto', maxHeight: '300px', marginTop: '4px', contain: 'content' },
  table: { borderCollapse: 'collapse', minWidth: '100%' },
  cell: {
    textAlign: 'start',
    padding: '4px 10px',
    whiteSpace: 'nowrap',
    maxWidth: '340px',
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`
  },
  head: {
    position: 'sticky',
    top: 0,
    backgroundColor: tokens.colorNeutralBackground1,
    fontWeight: tokens.fontWeightSemibold
  },
  line: { color: tokens.colorNeutralForeground3, fontWeight: tokens.fontWeightRegular }
})

/** Drawn once: the progress beside it changes ten times a second. */
export const HeadCard = memo(function HeadCard({ head }: { readonly head: Head }) {
  const styles = useStyles()
  const { name, words, fields, rows } = head
  return (
    <Card title={`The first ${counted(rows.length, 'line')} of ${name}`}>
      <p className={styles.words}>
        {words}. The rest is still being read and checked; nothing is kept until all of it has been.
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <section className={styles.scroll} tabIndex={0} aria-label={`The first lines of ${name}`} data-head={rows.length}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col" className={mergeClasses(styles.cell, styles.head)}>
                Line
              </th>
              {fields.map((field) => (
                <th key={field} scope="col" className={mergeClasses(styles.cell, styles.head)}>
                  {fieldTitles[field]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ line, cells }) => (
              <tr key={line}>
                <th scope="row" className={mergeClasses(styles.cell, styles.line)}>
                  {line}
                </th>
                {fields.map((field, at) => (
                  <td key={field} className={styles.cell}>
                    {cells[at] === '' ? '–' : cells[at]}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </Card>
  )
})

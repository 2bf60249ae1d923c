// What is open, and whether it touches only pretend devices.
import { useDraft } from './draftStore.ts'
import { type Place, usePlace } from './placeStore.ts'
import { draftName } from './words.ts'

export interface Open {
  readonly name: string
  readonly practice: boolean
}

const behind = (place: Place): Place => (place.at === 'audit' || place.at === 'explorer' ? behind(place.from) : place)

export function useOpen(): Open {
  const place = behind(usePlace((state) => state.place))
  const draft = useDraft((state) => state.draft)
  if (place.at === 'import') return { name: place.import.source, practice: place.import.practice }
  return draft === null ? { name: '', practice: false } : { name: draftName(draft), practice: draft.practice }
}

/** Where files may be dropped. */

/** For an element that takes what is dropped on it: without this the browser would leave the page and show the file. */
export const dropTarget = (take: ((files: readonly File[]) => void) | null) => ({
  onDragOver(event: DragEvent) {
    if (event.dataTransfer?.types.includes('Files')) event.preventDefault()
  },
  onDrop(event: DragEvent) {
    const files = [...(event.dataTransfer?.files ?? [])]
    if (files.length === 0) return
    event.preventDefault()
    take?.(files)
  },
})

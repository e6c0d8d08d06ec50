// Runs before anything of a page: keeps what a page would tell nobody afterwards.
'use strict';
window.witness = { violations: [], shifts: [] };
document.addEventListener('securitypolicyviolation', (event) => {
  window.witness.violations.push(`${event.effectiveDirective} stopped ${event.blockedURI} (${event.sourceFile}:${event.lineNumber})`);
});
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) {
    const moved = entry.sources.map((source) => {
      const node = source.node && source.node.nodeType === Node.TEXT_NODE ? source.node.parentElement : source.node;
      return node ? `${node.localName}.${node.className}` : 'something gone';
    });
    window.witness.shifts.push({ value: entry.value, moved });
  }
}).observe({ type: 'layout-shift', buffered: true });

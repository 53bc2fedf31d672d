// Keeps what a page shows fresh. Without it the same pages work: reload them.
(() => {
    'use strict';
    const EVERY = 2000;
    const said = document.getElementById('live');
    const live = () => document.querySelectorAll('[data-live]');

    // A link that was followed keeps the focus, and what stands around it is to stay fresh.
    const inUse = element => (element.contains(document.activeElement) && !document.activeElement.matches('a'))
        || [...element.querySelectorAll('textarea, input[type=text]')].some(field => field.value !== field.defaultValue);

    function renew(page) {
        const news = [];
        for (const old of live()) {
            const fresh = page.getElementById(old.id);
            if (!fresh || fresh.dataset.live === old.dataset.live || inUse(old)) {
                continue;
            }
            if (fresh.dataset.news && fresh.dataset.news !== old.dataset.news) {
                news.push(fresh.dataset.news);
            }
            const focused = old.contains(document.activeElement) ? document.activeElement.id : '';
            old.replaceWith(document.importNode(fresh, true));
            if (focused) {
                document.getElementById(focused)?.focus();
            }
        }
        if (news.length > 0) {
            said.textContent = news.join(' ');
        }
    }

    async function look() {
        if (!document.hidden) {
            const answer = await fetch(location.href, {headers: {'Cache-Control': 'no-cache'}});
            if (answer.redirected) {
                said.textContent = said.dataset.signedOut;
                return;
            }
            if (answer.ok) {
                renew(new DOMParser().parseFromString(await answer.text(), 'text/html'));
            }
        }
        setTimeout(look, EVERY);
    }

    // Pressing a button twice sends once. The server would pay once all the same.
    document.addEventListener('submit', event => {
        if (event.target.dataset.sent) {
            event.preventDefault();
        }
        event.target.dataset.sent = 'yes';
    });
    // Who comes back to a page may press again.
    window.addEventListener('pageshow', () => document.querySelectorAll('form').forEach(form => delete form.dataset.sent));

    const retry = () => look().catch(() => setTimeout(retry, EVERY));
    if (said && live().length > 0) {
        setTimeout(retry, EVERY);
    }
})();

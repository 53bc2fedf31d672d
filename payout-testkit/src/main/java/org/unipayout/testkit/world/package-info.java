/**
 * Worlds: a provider, its network and its notifications, as nasty as its declared capabilities allow, all drawn from one
 * seed and played in virtual time, and a checker that knows only what moved and what was told.
 */
@NullMarked
package org.unipayout.testkit.world;

import org.jspecify.annotations.NullMarked;

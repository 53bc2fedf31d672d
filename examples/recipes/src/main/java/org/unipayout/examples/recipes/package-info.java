/** The programs of docs/recipes.md, one class each, for copying. */
@NullMarked
package org.unipayout.examples.recipes;

import org.jspecify.annotations.NullMarked;

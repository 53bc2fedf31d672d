@NullMarked
package org.unipayout.examples.bulkregistry;

import org.jspecify.annotations.NullMarked;

@org.jspecify.annotations.NullMarked
package org.unipayout.spring;
